using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks one required symbol version as weak (flag VER_FLG_WEAK of its entry in
/// .gnu.version_r), provided that no relocation of the library uses a symbol of that version: then the loader no longer insists on it.
/// </summary>
public sealed class WeakenSymbolVersion : Microsoft.Build.Utilities.Task
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const uint VersionOfSymbolsSection = 0x6fffffff;
    private const uint RelocationSection = 4;
    private const int RelocationSize = 24;
    private const byte Weak = 2;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string SymbolVersion { get; set; }

    public override bool Execute()
    {
        var image = File.ReadAllBytes(Source);
        if (image.Length < 64 || U32(image, 0) != 0x464c457f || image[4] != 2 || image[5] != 1)
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF library.", Source);
            return false;
        }

        var entry = FindRequirement(image);
        if (entry >= 0 && !IsUsed(image, U16(image, entry + 6)))
        {
            image[entry + 4] |= Weak;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        var partial = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(partial, image);
        if (File.Exists(Destination))
        {
            File.Delete(Destination);
        }

        File.Move(partial, Destination);
        return true;
    }

    // Offset of the Vernaux entry (hash, flags, other, name, next) of the version, or -1.
    private int FindRequirement(byte[] image)
    {
        var section = FindSection(image, VersionNeedSection);
        if (section < 0)
        {
            return -1;
        }

        var names = Offset(image, Header(image, (int)U32(image, section + 40)));
        var file = Offset(image, section);
        for (var files = U32(image, section + 44); files > 0; files--)
        {
            var version = file + (int)U32(image, file + 8);
            for (int versions = U16(image, file + 2); versions > 0; versions--)
            {
                if (NameAt(image, names + (int)U32(image, version + 8)) == SymbolVersion)
                {
                    return version;
                }

                version += (int)U32(image, version + 12);
            }

            file += (int)U32(image, file + 12);
        }

        return -1;
    }

    // An undefined symbol that no relocation names is never looked up: the compiler leaves one behind for <iostream>.
    private static bool IsUsed(byte[] image, ushort versionIndex)
    {
        var versions = FindSection(image, VersionOfSymbolsSection);
        if (versions < 0)
        {
            return true;
        }

        for (var index = 0; index < SectionCount(image); index++)
        {
            var header = Header(image, index);
            if (U32(image, header + 4) != RelocationSection)
            {
                continue;
            }

            var start = Offset(image, header);
            var end = start + (int)U64(image, header + 32);
            for (var relocation = start; relocation < end; relocation += RelocationSize)
            {
                var symbol = (int)(U64(image, relocation + 8) >> 32);
                if ((U16(image, Offset(image, versions) + (2 * symbol)) & 0x7fff) == versionIndex)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int FindSection(byte[] image, uint type)
    {
        for (var index = 0; index < SectionCount(image); index++)
        {
            var header = Header(image, index);
            if (U32(image, header + 4) == type)
            {
                return header;
            }
        }

        return -1;
    }

    private static int SectionCount(byte[] image) => U16(image, 60);

    private static int Header(byte[] image, int index) =>
        (int)U64(image, 40) + (index * U16(image, 58));

    private static int Offset(byte[] image, int header) => (int)U64(image, header + 24);

    private static ushort U16(byte[] image, int at) => BitConverter.ToUInt16(image, at);

    private static uint U32(byte[] image, int at) => BitConverter.ToUInt32(image, at);

    private static ulong U64(byte[] image, int at) => BitConverter.ToUInt64(image, at);

    private static string NameAt(byte[] image, int at) =>
        Encoding.ASCII.GetString(image, at, Array.IndexOf(image, (byte)0, at) - at);
}
