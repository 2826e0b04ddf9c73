using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spotter.Words;

/// <summary>
/// What fills one place of a <see cref="Sentence"/>: a number, an amount, names, or another sentence. As JSON a number, <c>{"unit", "value"}</c>, a list of keys of texts, or
/// <c>{"key", "parts"}</c>.
/// </summary>
[JsonConverter(typeof(Json))]
public sealed class SentencePart
{
    private const string Exercise = "exercise.";

    private readonly double number;
    private readonly string? unit;
    private readonly IReadOnlyList<string>? names;
    private readonly Sentence? inner;

    private SentencePart(double number = 0, string? unit = null, IReadOnlyList<string>? names = null, Sentence? inner = null) =>
        (this.number, this.unit, this.names, this.inner) = (number, unit, names, inner);

    /// <summary>A number, written as the text says.</summary>
    public static implicit operator SentencePart(double number) => new(number);

    /// <summary>A sentence within the sentence.</summary>
    public static implicit operator SentencePart(Sentence inner) => new(inner: inner);

    /// <summary>An amount such as <c>12 cm</c>, see <see cref="Amounts.Text"/>.</summary>
    public static SentencePart Amount(string unit, double value) => new(value, unit);

    /// <summary>Names by the keys of their texts, such as <c>joint.right-wrist</c>; said as one enumeration. A key without a text is said as it stands.</summary>
    public static SentencePart Names(params IEnumerable<string> keys) => new(names: [.. keys]);

    /// <summary>Exercises by their names.</summary>
    public static SentencePart Exercises(params IEnumerable<string> exercises) => Names(exercises.Select(name => Exercise + name));

    /// <summary>What is put in the place, in the language that is spoken.</summary>
    internal object Say() =>
        inner is not null ? inner.Say()
        : names is not null ? Texts.Join(names.Select(Name))
        : unit is not null ? Amounts.Text(unit, number)
        : number;

    // A coach's exercises have no text; their names are made of their titles.
    private static string Name(string key) =>
        key.StartsWith(Exercise, StringComparison.Ordinal) ? ExerciseTitle.Of(key[Exercise.Length..]) : Texts.Find(key) ?? key;

    private sealed class Json : JsonConverter<SentencePart>
    {
        public override SentencePart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number:
                    return new SentencePart(reader.GetDouble());
                case JsonTokenType.StartArray:
                    return new SentencePart(names: JsonSerializer.Deserialize<string[]>(ref reader, options));
                default:
                    var value = JsonElement.ParseValue(ref reader);
                    return value.TryGetProperty("unit", out var unit)
                        ? Amount(unit.GetString()!, value.GetProperty("value").GetDouble())
                        : value.Deserialize<Sentence>(options) ?? throw new JsonException("A sentence has an empty part.");
            }
        }

        public override void Write(Utf8JsonWriter writer, SentencePart value, JsonSerializerOptions options)
        {
            if (value.names is not null)
            {
                JsonSerializer.Serialize(writer, value.names, options);
            }
            else if (value.inner is not null)
            {
                JsonSerializer.Serialize(writer, value.inner, options);
            }
            else if (value.unit is not null)
            {
                writer.WriteStartObject();
                writer.WriteString("unit", value.unit);
                writer.WritePropertyName("value");
                JsonSerializer.Serialize(writer, value.number, options);
                writer.WriteEndObject();
            }
            else
            {
                JsonSerializer.Serialize(writer, value.number, options);
            }
        }
    }
}
