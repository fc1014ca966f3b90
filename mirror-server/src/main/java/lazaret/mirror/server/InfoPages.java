package lazaret.mirror.server;

import java.util.Base64;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpResponse;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The HTML pages for people: identity and health of the server, and configuration to copy. They
/// use neither scripts nor resources of other hosts.
final class InfoPages {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem;"
          + "color:#222;background:#fff}pre{background:#f3f3f3;padding:1rem;overflow:auto}"
          + "@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}pre{background:#262626}}";

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(Sha256.of(Bytes.utf8(STYLE)).bytes())
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HostNames names;
  private final boolean authRequired;
  private final HealthHandler health;
  private final String version;

  InfoPages(HostNames names, boolean authRequired, HealthHandler health, String version) {
    this.names = names;
    this.authRequired = authRequired;
    this.health = health;
    this.version = version;
  }

  HttpResponse front() {
    return page(
        "Lazaret",
        """
        <p>A quarantine station for Rust crates: cargo gets vetted versions only.</p>
        <p>Health: <b>%s</b>. New artifacts: <b>%s</b>. Version %s.</p>
        <h2>Point cargo here</h2>
        <p>Paste into <code>.cargo/config.toml</code> of a project, or into
        <code>config.toml</code> under <code>CARGO_HOME</code>:</p>
        <pre>%s</pre>
        <p>Then <code>vetting-cli doctor</code> in the project checks whether it builds through
        here. A refusal in cargo's output names the version to use instead, and
        <code>vetting-cli why NAME@VERSION</code> explains it.</p>
        """
            .formatted(
                escape(health.words()),
                escape(health.admissions()),
                escape(version),
                escape(cargoConfig())));
  }

  HttpResponse reasons() {
    return page("Reasons of a Lazaret gate", ReasonsPage.body());
  }

  HttpResponse me() {
    return page(
        "A token for Lazaret",
        """
        <p>Tokens are made by an administrator on the server's machine:</p>
        <pre>vetting-cli token create NAME --role reader</pre>
        <p>Give it to cargo with <code>cargo login --registry lazaret</code>, or in the environment as
        <code>CARGO_REGISTRIES_LAZARET_TOKEN</code>.</p>
        """);
  }

  private String cargoConfig() {
    String provider = authRequired ? "credential-provider = \"cargo:token\"\n" : "";
    return """
        [source.crates-io]
        replace-with = "lazaret"

        [registries.lazaret]
        index = "sparse+%s/index/"
        %s"""
        .formatted(names.origin(), provider);
  }

  private static HttpResponse page(String title, String body) {
    String html =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title><style>%s</style><h1>%s</h1>%s</html>"
            .formatted(title, STYLE, title, body);
    return HttpResponse.of(200, "text/html; charset=utf-8", Bytes.utf8(html))
        .with("content-security-policy", POLICY)
        .with("x-frame-options", "DENY")
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-store");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
