package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks in a release whose crate has no new capability, and honest releases.
final class ReleaseChangeTest {
  private static final String SENDER =
      "pub fn pay(c: &Client, to: &str) { c.post(\"https://api.bank.example/v1\").json(to).send();"
          + " }";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const TO: &str = \"0x52908400098527886E0F7030069857D2E4169EE7\";",
        "const TO: &str = \"DE89370400440532013000\";",
        "const TO: &str = \"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq\";",
        "const HOST: &str = \"https://api.bank-eu.example/v1\";",
        "const HOST: &str = \"collector.stats-cdn.example:8443\";",
        "fn host() -> Ip { ip(\"198.51.100.7\") }",
        "const COPY: &str = \"archive@mail-backup.example\";",
        "const KEY: &str = \"Zk3v9aQ2x7Lr1Bn8Ty5Wc4Ud6Hs0Pe\";"
      })
  void anAddressThatIsNewIsAParticular(String line) {
    assertThat(kinds("fn old() {}", line)).containsExactly(ParticularKind.ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn due() -> bool { now() > 1_798_761_600 }",
        "fn due() -> bool { now() > 1798761600000u64 }",
        "fn due() -> bool { today() >= \"2027-01-01\" }",
        "fn due() -> bool { year() >= 2027 }"
      })
  void aDateThatIsNewIsAParticular(String line) {
    assertThat(kinds("fn old() {}", line)).containsExactly(ParticularKind.DATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f() { let t = std::time::SystemTime::now(); }",
        "fn f() { let t = chrono::Utc::now(); }",
        "use time::OffsetDateTime; fn f() { let t = OffsetDateTime::now_utc(); }"
      })
  void aReadingOfTheClockIsAParticular(String line) {
    assertThat(kinds("fn f() { let t = Instant::now(); }", line)).contains(ParticularKind.CLOCK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f(m: Builder) -> Builder { m.bcc(copy()) }",
        "fn f(m: Builder) -> Builder { m.header(\"X-Trace\", v()) }",
        "fn f(r: Router) -> Router { r.route(\"/debug/shell\", get(run)) }",
        "fn f(r: Router) -> Router { r.nest(\"/internal\", other()) }"
      })
  void aRecipientHeaderOrRouteIsAParticular(String line) {
    assertThat(kinds(SENDER, SENDER + line)).contains(ParticularKind.ROUTE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f(c: &Client) { c.post(url()).json(&self.api_key).send(); }",
        "fn f(c: &Client) { c.post(url()).body(password.clone()).send(); }",
        "fn f(c: &Client) { c.get(url()).query(&[(\"t\", session_token)]).send(); }",
        "fn f(c: &Client) { c.put(format!(\"{}\", mnemonic)); }"
      })
  void aSecretHandedToAClientThatTheCrateHadIsAParticular(String line) {
    assertThat(kinds(SENDER, SENDER + line)).contains(ParticularKind.SECRET);
    assertThat(between(demo().file("src/lib.rs", SENDER), demo().file("src/lib.rs", SENDER + line)))
        .satisfies(delta -> assertThat(delta.slight()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#[no_mangle] pub extern \"C\" fn getaddrinfo2() {}",
        "#[export_name = \"read_key\"] pub fn f() {}",
        "#[link_section = \".init_array\"] static F: fn() = f;",
        "#[unsafe(no_mangle)] pub extern \"C\" fn hook() {}"
      })
  void anExportedSymbolIsAParticular(String line) {
    assertThat(kinds("fn old() {}", line)).contains(ParticularKind.SYMBOL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f() { let m = mmap(p, n, PROT_READ, MAP_PRIVATE, -1, 0); }",
        "fn f() { mprotect(p, n, 5); }",
        "fn f() { let m = MmapMut::map_anon(n); }"
      })
  void aMappingIsAParticular(String line) {
    assertThat(kinds("fn old() {}", line)).contains(ParticularKind.MAPPING);
  }

  @Test
  void aPathOfTheSystemIsAParticular() {
    assertThat(kinds("fn f() {}", "fn f() { r(\"/proc/self/maps\") }"))
        .containsExactly(ParticularKind.SYSTEM_PATH);
    assertThat(kinds("fn f() {}", "fn f() { r(\"/sys/class/dmi/id/product_uuid\") }"))
        .containsExactly(ParticularKind.SYSTEM_PATH);
  }

  @Test
  void aHiddenLineOfAnExampleThatCallsSomethingIsAParticular() {
    String doc = "/// ```\n/// # use demo::f;\n/// # fn main() {\n/// f();\n/// # }\n/// ```\n";

    assertThat(kinds("pub fn f() {}", doc + "pub fn f() {}")).isEmpty();
    assertThat(
            kinds(
                doc + "pub fn f() {}",
                doc.replace("/// f", "/// # setup();\n/// f") + "pub fn f() {}"))
        .containsExactly(ParticularKind.EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn is_valid() {} fn is_vaIid() {}",
        "fn modern() {} fn modem() {}",
        "fn sum_l1() {} fn sum_ll() {}",
        "fn do_check() {} fn d0_check() {}"
      })
  void aFunctionWhoseNameLooksLikeAnotherIsAParticular(String line) {
    assertThat(kinds("fn old() {}", line)).contains(ParticularKind.NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int f(void) { return system(\"id\"); }",
        "int f(void) { int s = socket(2, 1, 0); return s; }",
        "int f(void) { void *p = mmap(0, 1, 7, 2, -1, 0); return 0; }",
        "__attribute__((constructor)) static void f(void) {}"
      })
  void readsWhatCompiledSourcesOfOtherLanguagesReach(String text) {
    String script = "fn main() { compile(\"c/helper.c\"); }";
    CrateBuilder before =
        demo().buildScript(script).file("c/helper.c", "int f(void) { return 0; }");
    CrateBuilder after = demo().buildScript(script).file("c/helper.c", text);

    assertThat(asking(between(before, after))).contains(SignalCode.FOREIGN_SOURCE_GAINED);
    assertThat(
            asking(
                between(
                    demo().file("c/helper.c", "int f(void) { return 0; }"),
                    demo().file("c/helper.c", text))))
        .isEmpty();
  }

  @Test
  void aChangedScriptIsAParticular() {
    CapabilityDelta delta =
        between(demo().file("gen.sh", "echo 1\n"), demo().file("gen.sh", "echo 2\n"));

    assertThat(delta.fresh()).extracting(Particular::kind).containsExactly(ParticularKind.PROGRAM);
    assertThat(delta.slight()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn verify(a: &[u8]) -> bool { %s }",
        "pub fn is_valid_license(a: &str) -> bool { %s }",
        "fn check_signature<T>(a: T) -> bool where T: Into<u8> { { %s } }",
        "fn random_seed() -> bool { let a = [0; 4]; %s }"
      })
  void anotherBodyOfAFunctionThatGuardsSomethingIsAParticular(String function) {
    String before = function.formatted("compare(1)");

    assertThat(kinds(before, function.formatted("true"))).containsExactly(ParticularKind.GUARD);
    assertThat(kinds(before, "fn more() {} " + before + " fn other() { true }")).isEmpty();
  }

  @Test
  void otherDataThatIsCompiledInIsAParticular() {
    String includes = "static D: &[u8] = include_bytes!(\"table.bin\");";
    CrateBuilder before = source(includes).file("src/table.bin", new byte[] {1, 2});

    assertThat(between(before, source(includes).file("src/table.bin", new byte[] {1, 3})).fresh())
        .extracting(Particular::kind)
        .containsExactly(ParticularKind.DATA);
  }

  @Test
  void otherCodeThatRunsWhileOthersBuildIsAParticular() {
    CapabilityDelta script =
        between(
            demo().buildScript("fn main() { a(1); }"), demo().buildScript("fn main() { a(2); }"));
    CapabilityDelta macro =
        between(
            demo().procMacro().file("src/lib.rs", "fn a() { 1 }"),
            demo().procMacro().file("src/lib.rs", "fn a() { 2 }"));

    assertThat(script.fresh()).extracting(Particular::kind).contains(ParticularKind.BUILDING);
    assertThat(macro.fresh()).extracting(Particular::kind).contains(ParticularKind.BUILDING);
    assertThat(asking(script)).isEmpty();
    assertThat(asking(macro)).isEmpty();
  }

  @Test
  void codeThatMovedOrIsATestIsNoParticular() {
    String address = "const HOST: &str = \"https://api.bank.example/v1\";";

    assertThat(
            between(
                    demo().file("src/lib.rs", "mod a;").file("src/a.rs", address),
                    demo().file("src/lib.rs", "mod b;").file("src/b.rs", address))
                .fresh())
        .isEmpty();
    assertThat(kinds("fn f() {}", "fn f() {} #[cfg(test)] mod t { " + address + " }")).isEmpty();
    assertThat(
            between(demo(), demo().file("tests/a.rs", address).file("examples/b.rs", address))
                .fresh())
        .isEmpty();
  }

  @Test
  void ofTooManyParticularsTheSameOnesAreKept() {
    String many = addresses(0, 400);

    assertThat(between(source(many), source(many)).fresh()).isEmpty();
    assertThat(between(source(addresses(0, 399)), source(many)).fresh()).hasSizeLessThan(2);
    assertThat(between(source(many), source(addresses(300, 400))).fresh()).isEmpty();
  }

  private static CrateBuilder source(String text) {
    return demo().file("src/lib.rs", text);
  }

  private static String addresses(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "const A%d: &str = \"https://h%d.example\";".formatted(i, i))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void otherCodeMattersWhereACrateReachesBeyondItself() {
    String reaches = "pub fn g() { std::net::TcpStream::connect(a); }";

    assertThat(between(source("fn f() { 1 }"), source("fn f() { 2 }")).slight()).isEmpty();
    assertThat(between(source(reaches), source(reaches + " // new")).slight()).isEmpty();
    assertThat(between(source(reaches), source(reaches + "fn h() { 2 }")).slight())
        .containsExactly("other code in a crate that reaches beyond itself");
  }

  @ParameterizedTest
  @CsvSource({
    "0x52908400098527886E0F7030069857D2E4169EE7, 0xde709f2102306220921060314715629080e2fb77",
    "DE89370400440532013000, GB29NWBK60161331926819",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq, bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "billing@shop.example, billing@shop-pay.example",
    "https://api.bank.example/v1, https://api.bank-eu.example/v1",
    "api.bank.example:443, 198.51.100.7"
  })
  void anAddressInThePlaceOfAnotherAsksForALook(String old, String other) {
    String net = "fn g() { std::net::TcpStream::connect(TO); } const TO: &str = \"%s\";";

    assertThat(asking(between(source(net.formatted(old)), source(net.formatted(other)))))
        .containsExactly(SignalCode.ADDRESS_EXCHANGED);
    assertThat(asking(between(source(net.formatted(old)), source(net.formatted(old))))).isEmpty();
  }

  @Test
  void anAddressThatIsAddedOrIsTextForPeopleIsNoExchange() {
    String one = "const A: &str = \"https://a.example\";";
    String other = "const B: &str = \"https://b.example\";";
    String net = "fn g() { std::net::TcpStream::connect(a); }";

    assertThat(asking(between(source(one), source(other)))).isEmpty();
    assertThat(asking(between(source(net + one), source(net + one + other)))).isEmpty();
    assertThat(asking(between(source(net + one + other), source(net + one)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn main() { println!(\"cargo:rustc-cfg=a\"); }",
        "use std::process::Command; fn main() { let rustc = std::env::var_os(\"RUSTC\"); let rustc"
            + " = rustc.unwrap_or(\"rustc\".into()); let o ="
            + " Command::new(rustc).arg(\"--version\").output(); }",
        "fn main() { let o = std::process::Command::new(\"rustc\").arg(\"-vV\").output(); }",
        "fn main() { let rustc = std::env::var_os(\"RUSTC\").expect(\"no rustc\");"
            + " let v = std::process::Command::new(rustc).arg(\"-V\").output().expect(\"v\"); }",
        "fn main() { std::fs::create_dir_all(std::env::var(\"OUT_DIR\").unwrap()); }"
      })
  void aBuildScriptThatAsksForTheCompilerIsANote(String script) {
    CapabilityDelta delta = between(demo(), demo().buildScript(script));

    assertThat(asking(delta)).isEmpty();
    assertThat(delta.signals()).extracting(Signal::code).contains(SignalCode.BUILD_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn main() { std::process::Command::new(\"make\").status(); }",
        "fn main() { let rustc = \"make\"; std::process::Command::new(rustc).status(); }",
        "fn main() { let rustc = std::env::var_os(\"RUSTC\"); let rustc = \"make\";"
            + " std::process::Command::new(rustc).status(); }",
        "fn main() { let mut rustc = std::env::var_os(\"RUSTC\"); rustc = tool();"
            + " std::process::Command::new(rustc).status(); }",
        "fn go(rustc: &str) { std::process::Command::new(rustc).status(); }"
            + " fn main() { let rustc = \"rustc\"; go(\"make\"); }",
        "fn main() { std::process::Command::new(\"rustc\").arg(\"x.rs\").status(); }",
        "fn main() { std::process::Command::new(\"rustc\").args(a()).status(); }",
        "fn main() { std::process::Command::new(\"rustc\").env(\"A\", \"b\").arg(\"-V\").status();"
            + " }",
        "fn main() { std::env::set_var(\"RUSTC\", \"./a\"); let rustc ="
            + " std::env::var_os(\"RUSTC\"); std::process::Command::new(rustc).status(); }",
        "use std::process::Command as C; fn main() { C::new(\"rustc\").arg(\"-V\").status(); }",
        "use std::process::Command; fn main() { run(Command::new); }",
        "fn main() { std::process::Command::new(\"rustc\").arg(\"-V\").status(); std::fs::write(a,"
            + " b); }",
        "fn main() { std::fs::copy(\"a.txt\", out()); }",
        "fn main() { println!(\"cargo:rustc-link-lib=evil\"); }"
      })
  void aBuildScriptThatDoesAnythingElseAsksForALook(String script) {
    assertThat(asking(between(demo(), demo().buildScript(script))))
        .contains(SignalCode.BUILD_CHANGED);
    assertThat(asking(between(demo().buildScript("fn main() {}"), demo().buildScript(script))))
        .contains(SignalCode.BUILD_CHANGED);
  }

  @Test
  void aBuildScriptThatAppearsWithALibraryOfItsOwnAsksForALook() {
    CrateBuilder after =
        demo()
            .manifest(InspectionFixture.MANIFEST + "[build-dependencies]\nhelper = \"1\"\n")
            .buildScript("fn main() { helper::go(); }");

    assertThat(asking(between(demo(), after))).containsExactly(SignalCode.BUILD_CHANGED);
  }

  private static List<ParticularKind> kinds(String before, String after) {
    return between(source(before), source(after)).fresh().stream()
        .map(Particular::kind)
        .distinct()
        .toList();
  }

  private static Set<SignalCode> asking(CapabilityDelta delta) {
    return delta.signals().stream()
        .filter(s -> s.weight() != SignalWeight.NOTE)
        .map(Signal::code)
        .collect(Collectors.toSet());
  }

  private static CapabilityDelta between(CrateBuilder from, CrateBuilder to) {
    Findings before = inspect(from);
    return CapabilityDelta.between(before, inspect(to));
  }
}
