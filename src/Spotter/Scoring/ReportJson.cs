using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spotter.Scoring;

/// <summary>The report as the JSON document <c>spotter-report/1</c>.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new RoundedNumber() },
        // The document is written to files and terminals, never into a page's markup: degrees and Chinese stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a report.</summary>
    public static string Serialize(Report report) => JsonSerializer.Serialize(report, Options);

    /// <summary>Reads a report.</summary>
    /// <exception cref="JsonException">The text is no report of a schema that this version knows.</exception>
    public static Report Deserialize(string json)
    {
        var report = JsonSerializer.Deserialize<Report>(json, Options) ?? throw new JsonException("The report is empty.");
        return report.Schema == Report.CurrentSchema
            ? report
            : throw new JsonException($"The report has schema {report.Schema}; this version reads {Report.CurrentSchema}.");
    }

    /// <summary>Six significant digits are more than any measurement here deserves, and keep the document readable.</summary>
    private sealed class RoundedNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value == 0 ? 0 : double.Parse(
                value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
    }
}
