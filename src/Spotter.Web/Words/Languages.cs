using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Spotter.Web.Words;

/// <summary>The languages of the pages, and how the reader's is found: what they chose (a cookie), else what their browser asks for.</summary>
internal static class Languages
{
    /// <summary>Name of the cookie that keeps the choice.</summary>
    public const string Cookie = "spotter-language";

    /// <summary>Languages with texts, by name, and what they call themselves.</summary>
    public static IReadOnlyList<(string Name, string OwnName)> All { get; } = [("en", "English"), ("zh-Hant", "繁體中文")];

    public static void Configure(RequestLocalizationOptions options)
    {
        options.DefaultRequestCulture = new RequestCulture("en");
        // Numbers and dates follow the reader's own country, whatever language the sentences are in.
        options.SupportedCultures = CultureInfo.GetCultures(CultureTypes.AllCultures);
        options.SupportedUICultures = [.. All.Select(language => CultureInfo.GetCultureInfo(language.Name))];
        options.RequestCultureProviders = [new ReadersCulture()];
    }

    /// <summary>Sentences in the language that the reader chose, else in one that the browser asks for; numbers and dates as the browser asks for, whatever the language.</summary>
    private sealed class ReadersCulture : RequestCultureProvider
    {
        private readonly AcceptLanguageHeaderRequestCultureProvider header = new() { MaximumAcceptLanguageHeaderValuesToTry = 5 };

        public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
        {
            var asked = await header.DetermineProviderCultureResult(httpContext);
            var chosen = httpContext.Request.Cookies[Cookie];
            return All.All(language => language.Name != chosen) ? asked
                : asked is null ? new ProviderCultureResult(chosen)
                : new ProviderCultureResult(asked.Cultures, [chosen]);
        }
    }
}
