package lazaret.vetting.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedSamples;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.Ioc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedReaderTest {
  @Test
  void readsARustSecRecord() {
    Advisory advisory =
        FeedSamples.only(
            FeedSamples.rustSec(
                """
                ```toml
                [advisory]
                id = "RUSTSEC-2026-0001"
                package = "Some-Crate"
                date = 2026-03-04 # a date of TOML
                url = "https://example.org/a"
                categories = ["denial-of-service"]
                aliases = ["CVE-2026-1", "not an id"]
                cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"

                [affected]
                os = ["windows"]
                [affected.functions]
                "some_crate::Thing::go" = [">= 1.0.0, < 1.2.5"]
                [versions]
                patched = [">= 1.2.5", "^ 1.1.9"]
                unaffected = ["< 1.0.0-rc.1"]
                ```

                # `Thing::go` loops

                Text.
                """));
    assertThat(advisory.id()).isEqualTo("RUSTSEC-2026-0001");
    assertThat(advisory.crate()).hasToString("Some-Crate");
    assertThat(advisory.kind()).isEqualTo(AdvisoryKind.VULNERABILITY);
    assertThat(advisory.rating()).hasToString("high (7.5)");
    assertThat(advisory.title()).isEqualTo("Thing::go loops");
    assertThat(advisory.date()).hasToString("2026-03-04");
    assertThat(advisory.aliases()).containsExactly("CVE-2026-1");
    assertThat(advisory.scope().functions()).containsExactly("some_crate::Thing::go");
    assertThat(advisory.scope().os()).containsExactly("windows");
    assertThat(advisory.affected()).hasToString(">=1.0.0-rc.1, <1.1.9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<= 0.3.9 | >=0.3.10-0",
        "> 1.2.3 | <1.2.4-0",
        "> 1.2.3-rc.1 | <1.2.3-rc.1.0",
        "^1.2.3 | <1.2.3 or >=2.0.0-0",
        "^0.2.3 | <0.2.3 or >=0.3.0-0",
        "^0.0.3 | <0.0.3 or >=0.0.4-0",
        "~1.2.3 | <1.2.3 or >=1.3.0-0",
        "1.2.* | <1.2.0 or >=1.3.0-0",
        "=1.2.3 | <1.2.3 or >=1.2.4-0",
        ">=1.2, <1.4.0-beta.2 | <1.2.0 or >=1.4.0-beta.2",
        "> 0 | <0.0.1-0",
        "* | no version",
        ">18446744073709551615.18446744073709551615.18446744073709551615 | all versions"
      })
  void turnsARequirementIntoWhatItLeavesAffected(String patched, String affected) {
    assertThat(FeedSamples.only(FeedSamples.rustSec(rustSec("a", patched))).affected())
        .hasToString(affected);
  }

  @Test
  void doesNotTakeTheToolchainForCrates() {
    Feed feed =
        FeedSamples.read(
            source("r"),
            tar(
                Map.of(
                    "db-main/crates/a/RUSTSEC-2026-0001.md", rustSec("a", ">=1"),
                    "db-main/rust/cargo/RUSTSEC-2026-0002.md", rustSec("cargo", ">=1"),
                    "db-main/README.md", "nothing")));
    assertThat(feed.advisories()).extracting(a -> String.valueOf(a.crate())).containsExactly("a");
    assertThat(feed.info().format()).isEqualTo(FeedFormat.RUSTSEC);
  }

  @Test
  void walksAllPairsOfARange() {
    StringBuilder events = new StringBuilder();
    for (int i = 23; i >= 1; i--) {
      events.append("{\"introduced\": \"%d.0.0\"}, {\"fixed\": \"%d.5.0\"}, ".formatted(i, i));
    }
    Advisory advisory =
        FeedSamples.only(
            FeedSamples.osv(osv("X-1", events.substring(0, events.length() - 2), "\"7.9.9+x\"")));
    for (int i = 1; i <= 23; i++) {
      assertThat(advisory.affects(CrateVersion.parse(i + ".4.9"))).isTrue();
      assertThat(advisory.affects(CrateVersion.parse(i + ".5.0"))).isFalse();
    }
    assertThat(advisory.affects(CrateVersion.parse("7.9.9+x"))).isTrue();
    assertThat(advisory.affects(CrateVersion.parse("7.9.9"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"introduced\": \"0\"} | all versions",
        "{\"introduced\": \"0\"}, {\"last_affected\": \"1.2.3\"} | <1.2.4-0",
        "{\"fixed\": \"1.2.3\"}, {\"introduced\": \"0.0.0-0\"} | >=0.0.0-0, <1.2.3",
        "{\"introduced\": \"1.2\"}, {\"fixed\": \"2\"} | >=1.2.0, <2.0.0",
        "{\"introduced\": \"1.0.0\"}, {\"introduced\": \"2.0.0\"} | >=1.0.0",
        "{\"introduced\": \"1.0.0\"}, {\"fixed\": \"2.0.0\"}, {\"introduced\": \"2.0.0\"} | >=1.0.0"
      })
  void readsTheEventsOfARange(String events, String affected) {
    assertThat(FeedSamples.only(FeedSamples.osv(osv("X-1", events, ""))).affected())
        .hasToString(affected);
  }

  @Test
  void keepsTheNewestOfRecordsWithOneId() {
    Feed feed =
        FeedSamples.read(
            source("o"),
            zip(
                Map.of(
                    "b/X-1.json", osv("X-1", "{\"introduced\": \"0\"}", ""),
                    "a/X-1.json",
                        osv("X-1", "{\"introduced\": \"2.0.0\"}", "")
                            .replace("2026-01-01", "2026-02-01"))));
    assertThat(feed.advisories()).hasSize(1);
    assertThat(feed.advisories().getFirst().affected()).hasToString(">=2.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"id\": \"MAL-2026-1\"",
        "\"id\": \"X-1\", \"aliases\": [\"MAL-2026-1\"]",
        "\"id\": \"X-1\", \"database_specific\": {\"cwe_ids\": [\"CWE-506\"]}",
        "\"id\": \"X-1\", \"summary\": \"`a` was removed from crates.io for malicious code\""
      })
  void knowsMaliceByEverySign(String fields) {
    String affected =
        ", \"affected\": [{\"package\": {\"ecosystem\": \"crates.io\", \"name\": \"a\"}}]}";
    Advisory advisory = FeedSamples.only(FeedSamples.osv("{" + fields + affected));
    assertThat(advisory.kind()).isEqualTo(AdvisoryKind.MALWARE);
    assertThat(advisory.rating()).isEqualTo(SeverityRating.MALWARE);
    assertThat(advisory.affected()).isEqualTo(AffectedVersions.ALL);
  }

  @Test
  void readsIndicators() {
    Advisory advisory =
        FeedSamples.only(
            FeedSamples.osv(
                """
                {"id": "MAL-1", "affected": [{"package": {"ecosystem": "crates.io", "name": "a"}}],
                 "database_specific": {"iocs": {"domains": ["Evil.Example", "x"],
                   "urls": ["https://evil.example/x"], "ips": ["192.0.2.7", "2001:db8::1"],
                   "files": [{"digests": {"sha256": "%s", "md5": "no"}, "paths": ["p"]}]}}}
                """
                    .formatted("AB".repeat(32))));
    assertThat(advisory.iocs())
        .extracting(i -> i.kind() + " " + i.value())
        .containsExactly(
            "SHA256 " + "ab".repeat(32),
            "DOMAIN evil.example",
            "URL https://evil.example/x",
            "IP 192.0.2.7",
            "IP 2001:db8::1");
  }

  @Test
  void leavesOutABadRecordAndSaysSo() {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      files.put("crates/a/R-" + i + ".md", rustSec("a", ">=1").replace("2026-0001", "2026-1" + i));
    }
    files.put("crates/b/R.md", rustSec("b", ">=x"));
    var read = (FeedOutcome.Read) FeedReader.read(source("r"), tar(files));
    assertThat(read.feed().info().records()).isEqualTo(30);
    assertThat(read.feed().info().skipped()).isEqualTo(1);
    assertThat(read.complaints())
        .containsExactly(
            "left out crates/b/R.md: cannot read version requirement '>=x': expected a number,"
                + " found 'x'; expected a form like ^1.2 or >=1.2, <2");
  }

  @Test
  void refusesAFeedThatIsEmptyOrMostlyBad() {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      files.put("crates/a/R-" + i + ".md", "no advisory");
    }
    assertThat(refusal(tar(files)))
        .isEqualTo(
            "5 of 5 records cannot be read; the first: left out crates/a/R-0.md: expected the file"
                + " to begin with '```toml'");
    assertThat(refusal(tar(Map.of("README.md", "nothing"))))
        .isEqualTo(
            "expected an archive with RustSec's crates/*/RUSTSEC-*.md or OSV's *.json, found"
                + " neither");
    assertThat(refusal(Bytes.utf8("{\"id\": \"X-1\"}")))
        .isEqualTo("expected records about crates in the form 'osv', found none");
  }

  @Test
  void refusesATornArchive() {
    Bytes whole = tar(Map.of("crates/a/R.md", rustSec("a", ">=1")));
    assertThat(refusal(Bytes.copyOf(whole.array(), 0, whole.length() / 2)))
        .startsWith("cannot unpack the archive: ");
  }

  @Test
  void readsPathsOfExtendedHeaders() {
    String record = rustSec("a", ">=1");
    String path = "db/crates/a/RUSTSEC-2026-0001.md";
    String pax = " path=" + path + "\n";
    pax = pax.length() + 2 + pax;
    Bytes archive =
        tarOf(
            entry(
                'g', "pax_global_header", "52 comment=0123456789012345678901234567890123456789\n"),
            entry('x', "x", "26 linkpath=0123456789abc\n"),
            entry('2', "link", ""),
            entry('x', "x", pax),
            entry('0', "short", record));
    var read = (FeedOutcome.Read) FeedReader.read(source("r"), archive);
    assertThat(read.feed().info().records()).isEqualTo(1);

    Bytes named = tarOf(entry('L', "././@LongLink", path + '\0'), entry('0', "short", record));
    assertThat(((FeedOutcome.Read) FeedReader.read(source("r"), named)).feed().info().records())
        .isEqualTo(1);
  }

  @Test
  void refusesHeadersOnWhichReadersDisagree() {
    byte[] file = entry('0', "crates/a/R.md", rustSec("a", ">=1"));
    byte[] changed = file.clone();
    changed[0] = 'x';
    assertThat(refusal(tarOf(changed))).contains("header-checksum: expected ");
    assertThat(refusal(tarOf(entry('x', "x", "12 size=123\n"), file)))
        .contains("pax-conflict: size 123 in pax");
    assertThat(refusal(tarOf(entry('x', "x", "7 a=bc\n"), entry('L', "l", "b"), file)))
        .endsWith("two extended headers for one entry");
    assertThat(refusal(tarOf(entry('x', "x", "9 a=bc\n"), file)))
        .contains("header-malformed: a pax record");
    assertThat(refusal(tarOf(entry('x', "x", "a".repeat(20_000)), file)))
        .endsWith("an extended header of 20000 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id = \"L-1\" | expected keys in [[advisory]] only, found 'id'",
        "[[advisory]]~id = \"L-1\"~reason = \"r\" | advisory L-1: expected one of 'crate', 'sha256'"
            + " and 'iocs'",
        "[[advisory]]~id = \"L-1\"~crate = \"a\" | advisory L-1: expected the keys 'id' and"
            + " 'reason'",
        "[[advisory]]~id = \"L-1\"~verions = \"<2\" | advisory L-1: unknown key 'verions'; known"
            + " are id, crate, versions, kind, severity, reason, url, date, aliases, sha256, iocs",
        "[[advisory]]~id = \"L-1\"~id = \"L-2\" | advisory L-1: the key 'id' occurs twice",
        "[other] | expected [[advisory]], found the table 'other'",
        "x = | line 1, column 4: expected a value, found the end of the document"
      })
  void refusesALocalListWithAMistake(String text, String why) {
    Bytes file = Bytes.utf8(text.replace('~', '\n'));
    assertThat(
            FeedReader.read(new FeedSource("l", FeedFormat.LOCAL, "test", FeedSamples.NOW), file))
        .isEqualTo(new FeedOutcome.Refused(why));
  }

  @Test
  void readsALocalList() {
    Advisory advisory =
        FeedSamples.only(
            FeedSamples.local(
                """
                [[advisory]]
                id = "ACME-1"
                crate = "a"
                versions = "<1.2"
                kind = "vulnerability"
                severity = "high"
                reason = "leaks"
                date = 2026-11-01
                iocs = ["drop.example", "http://drop.example/x", "X-Drop-Marker"]
                """));
    assertThat(advisory.kind()).isEqualTo(AdvisoryKind.VULNERABILITY);
    assertThat(advisory.rating().severity()).isEqualTo(Severity.HIGH);
    assertThat(advisory.affected()).hasToString("<1.2.0");
    assertThat(advisory.iocs())
        .extracting(Ioc::kind)
        .containsExactly(Ioc.Kind.DOMAIN, Ioc.Kind.URL, Ioc.Kind.TEXT);
  }

  private static String refusal(Bytes file) {
    return ((FeedOutcome.Refused) FeedReader.read(source("r"), file)).why();
  }

  private static FeedSource source(String name) {
    return new FeedSource(name, null, "test", FeedSamples.NOW);
  }

  private static String rustSec(String crate, String patched) {
    return """
    ```toml
    [advisory]
    id = "RUSTSEC-2026-0001"
    package = "%s"
    date = "2026-01-01"
    [versions]
    patched = ["%s"]
    ```
    # Title
    """
        .formatted(crate, patched);
  }

  private static String osv(String id, String events, String versions) {
    return """
    {"id": "%s", "modified": "2026-01-01T00:00:00Z", "affected": [{
      "package": {"ecosystem": "crates.io", "name": "a"}, "versions": [%s],
      "ranges": [{"type": "SEMVER", "events": [%s]}]}]}
    """
        .formatted(id, versions == null ? "" : versions, events);
  }

  static Bytes zip(Map<String, String> files) {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(out.toByteArray());
  }

  static Bytes tar(Map<String, String> files) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      for (var file : files.entrySet()) {
        gzip.write(entry('0', file.getKey(), file.getValue()));
      }
      gzip.write(new byte[1024]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(out.toByteArray());
  }

  /// Returns the header and the padded content of an entry.
  private static byte[] entry(char type, String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] entry = new byte[512 + content.length + (-content.length & 511)];
    put(entry, 0, path);
    put(entry, 124, "%011o".formatted(content.length));
    put(entry, 148, "        ");
    entry[156] = (byte) type;
    put(entry, 257, "ustar\00000");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += entry[i] & 0xff;
    }
    put(entry, 148, "%06o\0 ".formatted(sum));
    System.arraycopy(content, 0, entry, 512, content.length);
    return entry;
  }

  private static Bytes tarOf(byte[]... entries) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      for (byte[] entry : entries) {
        gzip.write(entry);
      }
      gzip.write(new byte[1024]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(out.toByteArray());
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
