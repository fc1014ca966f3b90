package lazaret.cli.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The output forms of `verify`, with packages of every status in every form.
class VerifyReportTest {
  @TempDir Path folder;

  private ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private CrateId delta = gate.publish("delta", "1.0.0", 100);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    CrateId aged = gate.publish("alpha", "1.0.0", 100);
    gate.publish("beta", "1.1.0", 100);
    CrateId young = gate.publish("beta", "1.2.0", 2);
    gate.publish("gamma", "0.2.0", 100);
    CrateId alone = gate.publish("gamma", "0.3.0", 2);
    delta = gate.publish("delta", "1.0.0", 100);
    CrateId denied = gate.publish("epsilon", "1.0.0", 100);
    cli.run("deny", "epsilon@1.0.0", "--reason", "leaks the <environment> & \"more\"");
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(aged, young, alone, denied)
            + LockfileTexts.registered("delta", "1.0.0", "1".repeat(64))
            + LockfileTexts.registered("nosuch", "1.0.0", "2".repeat(64))
            + LockfileTexts.git("side"));
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private String normal(String text) {
    // The bytes of an archive depend on the JDK's compressor.
    return text.replace(gate.url(), "http://127.0.0.1:PORT")
        .replace(delta.cksum().hex(), "SHA256-OF-DELTA");
  }

  @Test
  void peopleGetATableAndTheCommandsThatMendIt() {
    CliFixture.Ran ran = cli.run("verify");

    assertThat(ran.exit()).isEqualTo(4);
    GoldenFiles.hold("verify-every-standing", normal(ran.out()));
  }

  @Test
  void jsonIsOneDocument() {
    CliFixture.Ran ran = cli.run("verify", "--json");

    assertThat(ran.exit()).isEqualTo(4);
    GoldenFiles.hold(
        "verify-json", normal(ran.out()).replaceAll("(\"checksum\": \")[0-9a-f]{64}", "$1SHA256"));
  }

  @Test
  void sarifIsWrittenBesideTheText() throws Exception {
    CliFixture.Ran ran = cli.run("verify", "--sarif", "out.sarif");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).contains("Cargo.lock: 7 packages");
    GoldenFiles.hold("verify-sarif", normal(Files.readString(folder.resolve("out.sarif"))));
  }

  @Test
  void junitIsWrittenBesideTheText() throws Exception {
    CliFixture.Ran ran = cli.run("verify", "--junit", "out.xml");

    assertThat(ran.exit()).isEqualTo(4);
    GoldenFiles.hold("verify-junit", normal(Files.readString(folder.resolve("out.xml"))));
  }

  @Test
  void aReportNamedDashTakesThePlaceOfTheText() {
    assertThat(cli.run("verify", "--sarif", "-").out()).startsWith("{").endsWith("}\n");
    assertThat(cli.run("verify", "--junit", "-").out()).startsWith("<?xml").endsWith("es>\n");
  }

  @Test
  void twoReportsOnOneStreamAreAMistake() {
    assertThat(cli.run("verify", "--sarif", "-", "--json").exit()).isEqualTo(2);
    assertThat(cli.run("verify", "--sarif", "-", "--junit", "-").exit()).isEqualTo(2);
  }

  @Test
  void aReportThatCannotBeWrittenIsTwo() {
    CliFixture.Ran ran = cli.run("verify", "--junit", "no/such/folder.xml");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot write the report 'no/such/folder.xml'");
  }

  @Test
  void severalLockfilesAreOneReportAndTheGravestCode() throws Exception {
    cli.write("a/Cargo.lock", LockfileTexts.of(gate.publish("zeta", "1.0.0", 100)));

    CliFixture.Ran ran = cli.run("verify", "a/Cargo.lock", "Cargo.lock", "--junit", "out.xml");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).contains("a/Cargo.lock: 1 package: 1 served\nCargo.lock: 7 packages: ");
    assertThat(
            parsed(Files.readString(folder.resolve("out.xml")))
                .getElementsByTagName("testsuite")
                .getLength())
        .isEqualTo(2);
  }

  @Test
  void aLockfileOnStandardInputIsRead() {
    cli.typed = LockfileTexts.of(gate.publish("zeta", "1.0.0", 100));

    CliFixture.Ran ran = cli.run("verify", "-");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo("Cargo.lock: 1 package: 1 served\n");
  }

  @Test
  void sarifHasEverythingThatTheStandardAndCodeScanningWant() throws Exception {
    cli.run("verify", "--sarif", "out.sarif");
    JsonObject log = JsonObject.parse(Bytes.utf8(Files.readString(folder.resolve("out.sarif"))));

    assertThat(log.words("version")).isEqualTo("2.1.0");
    JsonObject run = log.objects("runs").getFirst();
    List<JsonObject> rules = run.object("tool").object("driver").objects("rules");
    List<String> lock = Files.readAllLines(folder.resolve("Cargo.lock"));
    assertThat(run.object("tool").object("driver").words("name")).isEqualTo("vetting-cli");
    assertThat(run.objects("results")).hasSize(6);
    for (JsonObject result : run.objects("results")) {
      JsonObject rule = rules.get((int) result.number("ruleIndex"));
      assertThat(rule.words("id")).isEqualTo(result.words("ruleId"));
      assertThat(rule.object("help").words("text")).contains("Remedy: ");
      assertThat(result.words("level")).isEqualTo("error");
      JsonObject place = result.objects("locations").getFirst().object("physicalLocation");
      assertThat(place.object("artifactLocation").words("uri")).isEqualTo("Cargo.lock");
      int line = (int) place.object("region").number("startLine");
      assertThat(lock.get(line - 1)).isEqualTo("[[package]]");
      assertThat(result.object("message").words("text"))
          .startsWith(lock.get(line).replace("name = ", "").replace("\"", "") + " ");
      assertThat(result.object("partialFingerprints").words("primaryLocationLineHash"))
          .matches("[0-9a-f]{64}");
    }
  }

  @Test
  void aFingerprintStaysWhereTheLineMovesAndNotWhereTheVersionDoes() {
    String here = fingerprint(line("serde", "1.0.0", 12, "cooldown", "young"));

    assertThat(fingerprint(line("serde", "1.0.0", 99, "cooldown", "younger"))).isEqualTo(here);
    assertThat(fingerprint(line("serde", "1.0.1", 12, "cooldown", "young"))).isNotEqualTo(here);
    assertThat(fingerprint(line("serde", "1.0.0", 12, "denied", "young"))).isNotEqualTo(here);
  }

  private static String fingerprint(PackageResult line) {
    JsonObject log = JsonObject.parse(Bytes.utf8(SarifReport.text(report(line), "1")));
    return log.objects("runs")
        .getFirst()
        .objects("results")
        .getFirst()
        .object("partialFingerprints")
        .words("primaryLocationLineHash");
  }

  @Test
  void everyReasonAndStatusIsExplained() {
    List<PackageResult> lines = new ArrayList<>();
    for (Reason.Code code : Reason.Code.values()) {
      lines.add(line("x", "1.0.0", 1, code.code(), "why"));
    }
    for (PackageResult.Status status :
        List.of(
            PackageResult.Status.TAMPERED,
            PackageResult.Status.UNKNOWN,
            PackageResult.Status.UNAVAILABLE,
            PackageResult.Status.FOREIGN_SOURCE)) {
      lines.add(result("x", 1, status, List.of()));
    }

    String text = SarifReport.text(report(lines.toArray(PackageResult[]::new)), "1");

    assertThat(text).doesNotContain("a reason that is unknown to this program");
  }

  @Test
  void hostileTextStaysWithinItsPlace() throws Exception {
    String hostile = "]]><failure/>\u001b[31m\u0000\ud800\uffff\u202e\n<![CDATA[&lt;\"'";
    PackageResult line = line(hostile, "1.0.0", 3, "denied", hostile);

    String xml = JunitReport.text(report(line));
    String sarif = SarifReport.text(report(line), "1");

    assertThat(xml).matches(Pattern.compile("[\\n\\x20-\\x7e]*"));
    Document document = parsed(xml);
    NodeList failures = document.getElementsByTagName("failure");
    assertThat(failures.getLength()).isEqualTo(1);
    assertThat(((Element) failures.item(0)).getAttribute("message"))
        .isEqualTo("withheld: ]]><failure/>?[31m???? <![CDATA[&lt;\"'");
    assertThat(sarif).matches(Pattern.compile("[\\n\\x20-\\x7e]*")).doesNotContain("\\u001b");
  }

  @Test
  void junitCountsAddUp() throws Exception {
    cli.run("verify", "--junit", "out.xml");

    Document document = parsed(Files.readString(folder.resolve("out.xml")));
    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("7");
    assertThat(suite.getAttribute("failures")).isEqualTo("6");
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(7);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(6);
  }

  @Test
  void whatIsServedWithAWarningPassesAndIsReported() {
    PackageResult warned =
        result(
            "time",
            1,
            PackageResult.Status.SERVED,
            Stream.of("aged", "vulnerable", "feeds-old", "cooldown")
                .map(code -> new ReasonInfo(code, "detail"))
                .toList());
    VerifyReport report = report(warned);
    JsonObject run =
        JsonObject.parse(Bytes.utf8(SarifReport.text(report, "1"))).objects("runs").getFirst();

    assertThat(report.passes()).isTrue();
    assertThat(run.objects("results")).hasSize(1);
    assertThat(run.objects("results").getFirst().words("level")).isEqualTo("warning");
    assertThat(run.objects("results").getFirst().words("ruleId")).isEqualTo("vulnerable");
    assertThat(
            run.objects("invocations")
                .getFirst()
                .objects("toolExecutionNotifications")
                .getFirst()
                .object("message")
                .words("text"))
        .isEqualTo("feeds-old: detail");
    assertThat(JunitReport.text(report)).contains("<system-out>vulnerable: detail</system-out>");
  }

  @Test
  void aBuildMetadataVersionAndASecondSourceAreTheirOwn() {
    CrateId meta = gate.publish(CrateBuilder.crate("meta", "1.0.0+7.1"), 100);
    cli.write("Cargo.lock", LockfileTexts.of(meta));

    assertThat(cli.run("verify").exit()).isZero();
  }

  private static VerifyReport report(PackageResult... lines) {
    ReasonInfo old = new ReasonInfo("feeds-old", "detail");
    return new VerifyReport(
        List.of("Cargo.lock"),
        "the gate",
        List.of(),
        List.of(lines),
        Map.of(),
        List.of(),
        List.of(old, old));
  }

  private static PackageResult line(
      String name, String version, int place, String code, String detail) {
    PackageResult made =
        result(name, place, PackageResult.Status.WITHHELD, List.of(new ReasonInfo(code, detail)));
    return new PackageResult(
        made.lockfile(),
        new PackageResult.Entry(name, CrateVersion.parse(version), null, "crates-io", place),
        made.verdict(),
        made.repair());
  }

  private static PackageResult result(
      String name, int place, PackageResult.Status status, List<ReasonInfo> reasons) {
    return new PackageResult(
        "Cargo.lock",
        new PackageResult.Entry(name, CrateVersion.parse("1.0.0"), null, "crates-io", place),
        new PackageResult.PackageVerdict(status, "", reasons, null),
        PackageResult.Repair.NONE);
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
