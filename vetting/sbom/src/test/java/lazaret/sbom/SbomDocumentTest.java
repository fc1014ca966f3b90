package lazaret.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ContextInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SbomDocumentTest {
  private static final String CKSUM = "1".repeat(64);
  private static final String CRATES_IO =
      "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \""
          + CKSUM
          + "\"\n";
  private static final String LOCKFILE =
      """
      version = 4

      [[package]]
      name = "app"
      version = "0.1.0"
      dependencies = ["leaky", "side", "slow", "other"]

      [[package]]
      name = "leaky"
      version = "1.1.0+build.1"
      %1$s
      dependencies = ["slow"]

      [[package]]
      name = "side"
      version = "0.2.0"
      source = "git+https://user:secret@git.example.org/side.git?branch=main#%2$s"

      [[package]]
      name = "other"
      version = "0.3.0"
      source = "sparse+https://crates.example.org/index/"
      checksum = "%3$s"

      [[package]]
      name = "slow"
      version = "1.0.0"
      %1$s
      """
          .formatted(CRATES_IO, "a".repeat(40), CKSUM);

  /// The facts of a test.
  private static final class FakeSource implements SbomSource {
    private final Map<String, String> licenses = new HashMap<>();
    private final Map<String, List<DecisionInfo>> decisions = new HashMap<>();
    private final List<AdvisoryInfo> records = new ArrayList<>();
    private final Map<String, PublicationInfo> publications = new HashMap<>();

    @Override
    public VersionFacts version(CrateName name, CrateVersion version) {
      return new VersionFacts(
          licenses.get(name.toString()), decisions.getOrDefault(name.toString(), List.of()));
    }

    @Override
    public Optional<PublicationInfo> publication(CrateName name, CrateVersion version) {
      return Optional.ofNullable(publications.get(name.toString()));
    }

    @Override
    public List<AdvisoryInfo> advisories(String id) {
      return records.stream()
          .filter(each -> each.id().equals(id) || each.aliases().contains(id))
          .toList();
    }
  }

  private final FakeSource source = new FakeSource();

  private static AdvisoryInfo advisory(
      String id, AdvisoryInfo.Kind kind, String severity, @Nullable String score) {
    return new AdvisoryInfo(
        id,
        "rustsec",
        List.of("CVE-2026-1000"),
        CrateName.parse("leaky"),
        kind,
        severity,
        score,
        score == null ? null : "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
        "summary of " + id,
        "https://advisories.example.org/" + id,
        LocalDate.of(2026, 11, 20),
        false,
        false,
        "< 1.2.5",
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static SbomPackage crate(String name, String status, String... reasons) {
    String version = name.equals("leaky") ? "1.1.0+build.1" : "1.0.0";
    List<ReasonInfo> all =
        Arrays.stream(reasons)
            .map(each -> each.split(": ", 2))
            .map(each -> new ReasonInfo(each[0], each[1]))
            .toList();
    return new SbomPackage(
        name,
        CrateVersion.parse(version),
        "crates-io",
        status,
        status.equals("served"),
        "detail",
        all,
        status.equals("served") ? null : CrateVersion.parse("1.2.5"));
  }

  private static DecisionInfo decision(
      DecisionInfo.Kind kind, List<String> waives, @Nullable List<String> known) {
    return new DecisionInfo(
        CrateName.parse("leaky"),
        CrateVersion.parse("1.1.0"),
        Sha256.parse(CKSUM),
        kind,
        Instant.parse("2026-11-21T10:00:00Z"),
        "mara",
        "the parser is not reachable",
        Instant.parse("2027-02-25T00:00:00Z"),
        List.of(),
        List.of(),
        null,
        waives,
        known == null ? null : new ContextInfo(null, null, List.of(), "p1", 1, List.of(), known));
  }

  private SbomDocument document(@Nullable Instant timestamp, SbomPackage... checked) {
    return new SbomDocument(
        Lockfile.parse(Bytes.utf8(LOCKFILE)),
        List.of(checked),
        source,
        new SbomContext(
            "0.1.0", "the gate at http://127.0.0.1:7080", List.of(), List.of(), timestamp));
  }

  private JsonObject read(SbomPackage... checked) {
    String text = document(null, checked).text();
    SchemaCheck.holds(text);
    return JsonObject.parse(Bytes.utf8(text));
  }

  @Test
  void schemaRefusesAnotherDocument() {
    String text = document(null).text();

    SchemaCheck.holds(text);
    assertThat(SchemaCheck.refuses(text.replace("\"library\"", "\"crate\""))).isTrue();
    assertThat(SchemaCheck.refuses(text.replace("urn:uuid:", "urn:x:"))).isTrue();
    assertThat(SchemaCheck.refuses(text.replace("\"SHA-256\"", "\"SHA-2\""))).isTrue();
  }

  @Test
  void goldenFileOfTheCommandIsValid() throws IOException {
    SchemaCheck.holds(
        Files.readString(
            Path.of(System.getProperty("lazaret.root"))
                .resolve("vetting-cli/src/test/resources/golden/sbom.txt")));
  }

  @Test
  void privateCrateHasTheProvenanceOfItsVersion() {
    CrateVersion one = CrateVersion.parse("1.0.0");
    String registry = "sparse+https://crates.example.org/private/index/";
    source.publications.put(
        "acme-core",
        new PublicationInfo(
            one,
            Sha256.parse(CKSUM),
            PublicationInfo.State.LIVE,
            Instant.parse("2026-11-21T10:00:00Z"),
            "ci:release",
            "ci-forge-0123",
            new PublicationInfo.Job("https://ci.example", "812", "acme/core", null, null),
            null,
            null));
    String lockfile =
        """
        version = 4

        [[package]]
        name = "acme-core"
        version = "1.0.0"
        source = "%s"
        checksum = "%s"

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = ["acme-core"]
        """
            .formatted(registry, CKSUM);

    String text =
        new SbomDocument(
                Lockfile.parse(Bytes.utf8(lockfile)),
                List.of(
                    new SbomPackage(
                        "acme-core", one, registry, "served", true, "d", List.of(), null)),
                source,
                new SbomContext("0.1.0", "the gate", List.of(), List.of(), null))
            .text();

    SchemaCheck.holds(text);
    assertThat(
            JsonObject.parse(Bytes.utf8(text))
                .objects("components")
                .getFirst()
                .objects("properties"))
        .extracting(each -> each.words("name") + "=" + each.words("value"))
        .containsExactly(
            "lazaret:verdict=served",
            "lazaret:detail=d",
            "lazaret:published-by=ci:release",
            "lazaret:published-at=2026-11-21T10:00:00Z",
            "lazaret:published-from=https://ci.example",
            "lazaret:published-run=812",
            "lazaret:published-repository=acme/core");
  }

  @Test
  void componentsHaveIdentityChecksumLicenseAndVerdict() {
    source.licenses.put("leaky", "MIT/Apache-2.0");
    source.licenses.put("slow", "see the file of the license");

    JsonObject document =
        read(
            crate("leaky", "served", "aged: 120 days old"),
            crate("slow", "withheld", "cooldown: 2 days old"));

    assertThat(document.object("metadata").object("component").words("bom-ref"))
        .isEqualTo("local:app@0.1.0");
    List<JsonObject> components = document.objects("components");
    assertThat(components)
        .extracting(each -> each.words("bom-ref"))
        .containsExactly(
            "pkg:cargo/leaky@1.1.0%2Bbuild.1",
            "pkg:cargo/side@0.2.0?vcs_url=git%2Bhttps:%2F%2Fgit.example.org%2Fside.git%40"
                + "a".repeat(40),
            "pkg:cargo/other@0.3.0?repository_url=https:%2F%2Fcrates.example.org%2Findex%2F",
            "pkg:cargo/slow@1.0.0");
    JsonObject leaky = components.getFirst();
    assertThat(leaky.words("purl")).isEqualTo("pkg:cargo/leaky@1.1.0%2Bbuild.1");
    assertThat(leaky.objects("hashes").getFirst().words("content")).isEqualTo(CKSUM);
    assertThat(leaky.objects("licenses").getFirst().words("expression"))
        .isEqualTo("MIT OR Apache-2.0");
    assertThat(leaky.objects("properties"))
        .extracting(each -> each.words("name") + "=" + each.words("value"))
        .containsExactly("lazaret:verdict=served", "lazaret:reason=aged: 120 days old");
    JsonObject slow = components.getLast();
    assertThat(slow.objects("licenses").getFirst().object("license").words("name"))
        .isEqualTo("see the file of the license");
    assertThat(slow.objects("properties"))
        .extracting(each -> each.words("name") + "=" + each.words("value"))
        .containsExactly(
            "lazaret:verdict=withheld",
            "lazaret:reason=cooldown: 2 days old",
            "lazaret:replacement=1.2.5");
  }

  @Test
  void graphIsThatOfTheLockfile() {
    JsonObject document = read();

    assertThat(document.objects("dependencies"))
        .filteredOn(each -> each.words("ref").startsWith("local:"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.texts("dependsOn"))
                    .hasSize(4)
                    .contains("pkg:cargo/leaky@1.1.0%2Bbuild.1", "pkg:cargo/slow@1.0.0"));
    assertThat(document.objects("dependencies"))
        .filteredOn(each -> each.words("ref").startsWith("pkg:cargo/leaky"))
        .singleElement()
        .satisfies(
            each -> assertThat(each.texts("dependsOn")).containsExactly("pkg:cargo/slow@1.0.0"));
  }

  @Test
  void workspaceOfSeveralPackagesIsOneComponent() {
    String text =
        new SbomDocument(
                Lockfile.parse(
                    Bytes.utf8(
                        """
                        version = 4

                        [[package]]
                        name = "client"
                        version = "0.1.0"
                        dependencies = ["shared"]

                        [[package]]
                        name = "server"
                        version = "0.1.0"
                        dependencies = ["shared"]

                        [[package]]
                        name = "shared"
                        version = "0.1.0"
                        """)),
                List.of(),
                source,
                new SbomContext("0.1.0", "x", List.of("age"), List.of(), null))
            .text();

    SchemaCheck.holds(text);
    JsonObject document = JsonObject.parse(Bytes.utf8(text));
    assertThat(document.object("metadata").object("component").words("name"))
        .isEqualTo("workspace");
    assertThat(document.objects("components")).hasSize(3);
    assertThat(document.objects("dependencies").getFirst().texts("dependsOn"))
        .containsExactly("local:client@0.1.0", "local:server@0.1.0");
  }

  @Test
  void equalContentGivesEqualBytes() {
    String text = document(null).text();

    assertThat(document(null).text()).isEqualTo(text).doesNotContain("timestamp");
    String dated = document(Instant.parse("2026-11-29T12:00:00Z")).text();
    SchemaCheck.holds(dated);
    assertThat(dated).contains("\"timestamp\": \"2026-11-29T12:00:00Z\"");
    assertThat(serial(dated)).isNotEqualTo(serial(text)).matches("urn:uuid:[0-9a-f-]{36}");
    assertThat(serial(document(null, crate("slow", "served", "aged: 1")).text()))
        .isNotEqualTo(serial(text));
  }

  private static String serial(String document) {
    return JsonObject.parse(Bytes.utf8(document)).words("serialNumber");
  }

  @Test
  void passwordsInAddressesAreOmitted() {
    String git = "git+https://user:secret@git.example.org/side.git?branch=main";
    SbomPackage side =
        new SbomPackage(
            "side",
            CrateVersion.parse("0.2.0"),
            git,
            "foreign-source",
            false,
            "comes from the git repository " + git,
            List.of(),
            null);

    assertThat(document(null, side).text())
        .contains("comes from the git repository git+https://git.example.org/side.git")
        .doesNotContain("secret");
  }

  @Test
  void advisoryHasSourceRatingAndAffectedComponents() {
    source.records.add(
        advisory("RUSTSEC-2026-0001", AdvisoryInfo.Kind.VULNERABILITY, "high", "7.5"));

    JsonObject found =
        read(crate("leaky", "withheld", "vulnerable: RUSTSEC-2026-0001, high (7.5): summary"))
            .objects("vulnerabilities")
            .getFirst();

    assertThat(found.words("id")).isEqualTo("RUSTSEC-2026-0001");
    assertThat(found.object("source").words("name")).isEqualTo("RustSec Advisory Database");
    assertThat(found.object("source").words("url"))
        .isEqualTo("https://advisories.example.org/RUSTSEC-2026-0001");
    assertThat(found.objects("references").getFirst().words("id")).isEqualTo("CVE-2026-1000");
    JsonObject rating = found.objects("ratings").getFirst();
    assertThat(rating.words("severity")).isEqualTo("high");
    assertThat(rating.words("method")).isEqualTo("CVSSv31");
    assertThat(found.words("published")).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(found.object("analysis").texts("response")).containsExactly("update");
    assertThat(found.objects("affects").getFirst().words("ref"))
        .isEqualTo("pkg:cargo/leaky@1.1.0%2Bbuild.1");
  }

  @Test
  void advisoryWithoutARecordKeepsItsIdAndText() {
    JsonObject found =
        read(crate("leaky", "withheld", "malware: MAL-2026-1: evil"))
            .objects("vulnerabilities")
            .getFirst();

    assertThat(found.words("id")).isEqualTo("MAL-2026-1");
    assertThat(found.words("description")).isEqualTo("MAL-2026-1: evil");
    assertThat(found.object("analysis").words("state")).isEqualTo("exploitable");
  }

  @Test
  void informationalAdvisoriesAreNoVulnerabilityBySeverity() {
    source.records.add(
        advisory("RUSTSEC-2026-0003", AdvisoryInfo.Kind.UNMAINTAINED, "unknown", null));

    JsonObject found =
        read(crate("leaky", "served", "aged: 1", "unmaintained: RUSTSEC-2026-0003: old"))
            .objects("vulnerabilities")
            .getFirst();

    assertThat(found.objects("ratings").getFirst().words("severity")).isEqualTo("info");
    assertThat(found.object("analysis").words("state")).isEqualTo("in_triage");
  }

  private static @Nullable DecisionInfo decided(String decided) {
    return switch (decided) {
      case "deny" -> decision(DecisionInfo.Kind.DENY, List.of(), List.of());
      case "waive" -> decision(DecisionInfo.Kind.APPROVE, List.of("cve-2026-1000"), List.of());
      case "approve-knowing" ->
          decision(DecisionInfo.Kind.APPROVE, List.of(), List.of("RUSTSEC-2026-0001"));
      case "approve-before" -> decision(DecisionInfo.Kind.APPROVE, List.of(), List.of());
      case "approve-old" -> decision(DecisionInfo.Kind.APPROVE, List.of(), null);
      case "exempt" -> decision(DecisionInfo.Kind.EXEMPT, List.of(), List.of("RUSTSEC-2026-0001"));
      case "exempt-naming" ->
          decision(DecisionInfo.Kind.EXEMPT, List.of("RUSTSEC-2026-0001"), List.of());
      default -> null;
    };
  }

  /// Each row: status, reasons before and after the advisory, decision, state, begin of the detail.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "withheld |  |  | none | exploitable | the version is refused: vulnerable",
        "withheld | denied: no |  | deny | exploitable | the version is refused: denied",
        "withheld | cooldown: young |  | none | in_triage | the version is not served for another",
        "tampered |  |  | none | in_triage | the version is not served for another",
        "served | aged: old |  | none | in_triage | served with a warning",
        "served | aged: old | overridden: vulnerable set aside | none | exploitable | vulnerable set aside",
        "served | approved: mara | waived: by a and b | waive | not_affected | by a and b",
        "served | approved: mara |  | waive | not_affected | approved by mara until 2027-02-25",
        "served | approved: mara |  | approve-knowing | exploitable | approved by mara until 2027-02-25",
        "served | approved: mara |  | approve-before | in_triage | approved before the advisory was known",
        "served | approved: mara |  | approve-old | in_triage | approved before the advisory was known",
        "served | exempted: mara |  | exempt | in_triage | served without a review: exempted by mara",
        "served | exempted: mara |  | exempt-naming | not_affected | exempted by mara",
        "served | approved: mara |  | none | in_triage | a person decided",
      })
  void analysisFollowsFromVerdictAndDecision(
      String status,
      @Nullable String before,
      @Nullable String after,
      String decided,
      String state,
      String detail) {
    source.records.add(
        advisory("RUSTSEC-2026-0001", AdvisoryInfo.Kind.VULNERABILITY, "high", "7.5"));
    DecisionInfo decision = decided(decided);
    if (decision != null) {
      source.decisions.put("leaky", List.of(decision));
    }
    List<String> reasons = new ArrayList<>();
    if (before != null) {
      reasons.add(before);
    }
    reasons.add("vulnerable: RUSTSEC-2026-0001, high (7.5): summary");
    if (after != null) {
      reasons.add(after);
    }

    JsonObject analysis =
        read(crate("leaky", status, reasons.toArray(String[]::new)))
            .objects("vulnerabilities")
            .getFirst()
            .object("analysis");

    assertThat(analysis.words("state")).isEqualTo(state);
    assertThat(analysis.words("detail")).startsWith(detail);
  }

  private List<String> states(String status, String... reasons) {
    return read(crate("leaky", status, reasons)).objects("vulnerabilities").stream()
        .map(each -> each.words("id") + " " + each.object("analysis").words("state"))
        .toList();
  }

  /// The policy states an override once, after the first advisory that it sets aside.
  @Test
  void overrideSetsSeveralAdvisoriesAside() {
    source.records.add(
        advisory("RUSTSEC-2026-0001", AdvisoryInfo.Kind.VULNERABILITY, "high", "7.5"));
    source.records.add(advisory("RUSTSEC-2026-0002", AdvisoryInfo.Kind.UNSOUND, "unknown", null));

    assertThat(
            states(
                "served",
                "aged: 120 days old",
                "vulnerable: RUSTSEC-2026-0001, high (7.5): summary",
                "overridden: cve-2026-1000 set aside by the policy until 2027-01-01: not reachable",
                "unsound: RUSTSEC-2026-0002: summary",
                "unmaintained: RUSTSEC-2026-0003: summary"))
        .containsExactly(
            "RUSTSEC-2026-0001 exploitable",
            "RUSTSEC-2026-0002 exploitable",
            "RUSTSEC-2026-0003 in_triage");
    assertThat(
            states(
                "served",
                "aged: 120 days old",
                "vulnerable: ACME-1, high (7.5): summary",
                "overridden: vulnerable set aside by the policy until 2027-01-01: not reachable",
                "vulnerable: ACME-2, high (7.5): summary"))
        .containsExactly("ACME-1 exploitable", "ACME-2 exploitable");
  }

  /// A record of another feed joins the advisory with an id that its own records do not have.
  @Test
  void overrideAfterAnAdvisoryIsItsOwn() {
    assertThat(
            states(
                "served",
                "aged: 120 days old",
                "vulnerable: ACME-1, high (7.5): summary",
                "overridden: ACME-9 set aside by the policy until 2027-01-01: not reachable"))
        .containsExactly("ACME-1 exploitable");
  }

  @Test
  void warningsOnARefusedVersionAreNotItsCause() {
    assertThat(
            states(
                "withheld",
                "vulnerable: ACME-1, high (7.5): summary",
                "vulnerable: ACME-2, high (7.5): summary",
                "unmaintained: ACME-3: summary"))
        .containsExactly("ACME-1 exploitable", "ACME-2 exploitable", "ACME-3 in_triage");
  }

  @Test
  void hostileTextsAreEscaped() {
    source.licenses.put("leaky", "\u001b[31mred\u202e");

    String text = document(null, crate("leaky", "served", "aged: \u0007bell\u009b")).text();

    SchemaCheck.holds(text);
    assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
  }
}
