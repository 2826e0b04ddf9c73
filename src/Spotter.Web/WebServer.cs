using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.WebEncoders;
using Spotter.Packs;
using Spotter.Web.Access;
using Spotter.Web.Api;
using Spotter.Web.Coaching;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Pages;
using Spotter.Web.Words;
using Spotter.Web.Work;

namespace Spotter.Web;

/// <summary>The web app: pages, HTTP API and, unless others do it, the work, in one process.</summary>
public static partial class WebServer
{
    /// <summary>Runs until it is stopped.</summary>
    /// <param name="options">How.</param>
    /// <param name="started">Told the addresses once it listens.</param>
    /// <param name="cancellationToken">Stops it; what is being judged goes back into the queue.</param>
    /// <exception cref="ArgumentException">Others could enter without a key, or the key is too short.</exception>
    /// <exception cref="IOException">The address or the data folder is taken.</exception>
    /// <exception cref="PackFormatException">It is to judge, but there are no packs, or they cannot be used.</exception>
    /// <exception cref="MissingToolException">ffprobe is missing, with which clips are looked at, or it is to judge, and ffmpeg or a pose model is.</exception>
    public static async Task RunAsync(ServeOptions options, Action<IReadOnlyCollection<string>> started, CancellationToken cancellationToken)
    {
        if (options.Workers > 0)
        {
            Equipment.Require(PackCatalogue.Default);
        }
        else
        {
            Equipment.RequireProbe();
        }

        await using var app = await StartAsync(options, cancellationToken: cancellationToken);
        started([.. app.Urls]);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Starts a server.</summary>
    internal static async Task<WebApplication> StartAsync(
        ServeOptions options, Action<IServiceCollection>? replace = null, CancellationToken cancellationToken = default)
    {
        var key = new AccessKey(options.AccessKey);
        if (new HostNames(options.Urls, options.PublicHosts).IsPublic && !key.IsNeeded)
        {
            throw new ArgumentException(
                $"Others could reach {string.Join(", ", options.Urls.Where(url => !Addresses.IsLoopback(url)).Concat(options.PublicHosts))} without a key. "
                + "Put one into the environment variable SPOTTER_ACCESS_KEY or a file named by --access-key-file, or listen on 127.0.0.1.");
        }

        var folders = new ServerFolders(options.DataFolder);
        BackEnd? backEnd = null;
        WebApplication? app = null;
        try
        {
            backEnd = await options.BackEnd(new BackEndSetting(folders.Root, options.Jobs, TimeProvider.System), cancellationToken);
            app = Build(options, key, folders, backEnd, replace);
            if (PrivateFolder.IsOpenToOthers(folders.Root))
            {
                LogOpen(app.Logger, folders.Root);
            }

            _ = app.Services.GetRequiredService<ServerFolders>(); // let go with the app, last of all
            if (!backEnd.IsShared)
            {
                await app.Services.GetRequiredService<Housekeeping>().RemoveOrphansAsync(cancellationToken);
            }

            await app.StartAsync(cancellationToken);
            return app;
        }
        catch
        {
            await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (backEnd?.DisposeAsync() ?? ValueTask.CompletedTask);
            folders.Dispose();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other users of this machine can look into the data folder, with its clips and keys. To keep them out: chmod -R o= '{Folder}'")]
    private static partial void LogOpen(ILogger log, string folder);

    private static WebApplication Build(ServeOptions options, AccessKey key, ServerFolders folders, BackEnd backEnd, Action<IServiceCollection>? replace)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebServer).Assembly.GetName().Name,
            ContentRootPath = folders.Root,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        WorkServices.Log(builder.Logging)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // the keys lie in the data folder, which only its owner may read
        AddServices(builder.Services, options, folders, key, backEnd);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        var policy = SecurityHeaders.PolicyFor(options.DirectUpload);
        app.Use((context, next) => SecurityHeaders.AddAsync(context, policy, _ => next(context)));
        app.UseForwardedHeaders();
        app.UseRequestLocalization();
        app.UseWhen(FailureHandler.IsForPrograms, branch => branch.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !FailureHandler.IsForPrograms(context), branch => branch.UseStatusCodePagesWithReExecute("/error", "?status={0}").UseExceptionHandler());
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<AccessMiddleware>();
        app.UseAntiforgery();
        app.Services.GetRequiredService<Assets>().Map(app);
        ClipApi.Map(app);
        ExerciseApi.Map(app);
        ExampleApi.Map(app);
        LabelApi.Map(app);
        app.MapOpenApi("/openapi.json");
        app.MapRazorPages();
        return app;
    }

    private static void AddServices(IServiceCollection services, ServeOptions options, ServerFolders folders, AccessKey key, BackEnd backEnd)
    {
        services.AddSingleton(options).AddSingleton(key).AddSingleton(_ => folders);
        services.AddSingleton(_ => new EmbeddedDatabase(EmbeddedBackEnd.DatabaseIn(folders.Root)));
        services.AddSingleton(_ => new PackShelf(folders.Packs, PackCatalogue.Default));
        services.AddSingleton(provider => provider.GetRequiredService<PackShelf>().Catalogue).AddSingleton<CoachBook>();
        services.AddSingleton<Trainings>().AddSingleton<LabelledClips>().AddSingleton<DoubtfulClips>().AddSingleton<SetHistory>().AddSingleton<WaitEstimate>();
        WorkServices.Add(services, new WorkSetting(options.Workers, options.AttemptLimit), options.Jobs, backEnd, PackCatalogue.Default, folders.ScratchFolder);
        services.AddSingleton<PackIntake>().AddHostedService(provider => provider.GetRequiredService<PackIntake>());
        services.AddSingleton<UploadReader>();
        services.AddSingleton<Housekeeping>().AddHostedService(provider => provider.GetRequiredService<Housekeeping>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        services.AddSingleton<Assets>();
        services.AddRazorPages();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "spotter-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = FailureHandler.Describe).AddExceptionHandler<FailureHandler>();
        services.AddOpenApi(ApiDocument.Configure);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddDataProtection().SetApplicationName("spotter").PersistKeysToFileSystem(Directory.CreateDirectory(folders.Keys));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "spotter-entry";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
        });
        services.AddSingleton<EntryLimits>().AddSingleton(new HostNames(options.Urls, options.PublicHosts));
        // Of a proxy on this machine alone it is believed for whom it asks, and that it was asked over HTTPS.
        services.Configure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        services.Configure<RequestLocalizationOptions>(Languages.Configure);
    }
}
