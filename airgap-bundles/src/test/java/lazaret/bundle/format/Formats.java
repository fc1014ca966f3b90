package lazaret.bundle.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.bundle.tuf.SigningKey;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Valid content for the files of a bundle, and the assertions on every refusal.
public final class Formats {
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  public static final SigningKey KEY = SigningKey.ed25519(seed("decisions"));

  private Formats() {}

  public static byte[] seed(String name) {
    return Sha256.of(Bytes.utf8(name)).bytes();
  }

  public static void assertRefused(BundleCode code, String message, ThrowingCallable reading) {
    BundleException refusal = catchThrowableOfType(BundleException.class, reading);
    assertThat(refusal).as("a refusal with " + code).isNotNull();
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.reason()).isEqualTo(code);
  }

  public static SnapshotCrate crate(String name, String... versions) {
    return new SnapshotCrate(
        CrateName.parse(name),
        Stream.of(versions).map(version -> line(name, version, true)).toList());
  }

  public static SnapshotLine line(String name, String version, boolean allows) {
    String text = IndexLineBuilder.line(name, version).cksum(cksum(name, version)).build();
    IndexEntry entry =
        IndexFile.parse(CrateName.parse(name), Bytes.utf8(text + "\n"), IndexLimits.DEFAULT)
            .entries()
            .getFirst();
    var said =
        new VerificationStatement.Claim(
            entry.id(), allows, 7, Sha256.of(Bytes.utf8("policy")), List.of());
    return new SnapshotLine(entry, VerificationStatement.of(said));
  }

  /// Returns the artifact that the lines of this class name. It is not an archive.
  public static Bytes artifact(String name, String version) {
    return Bytes.utf8(name + " " + version + " " + "x".repeat(name.hashCode() & 0x7ff));
  }

  static Sha256 cksum(String name, String version) {
    return Sha256.of(artifact(name, version));
  }

  public static Feed feed(String name) {
    var bad =
        new Advisory(
            "MAL-2026-1",
            name,
            List.of("GHSA-1", "x"),
            CrateName.parse("Evil-one"),
            AdvisoryKind.MALWARE,
            SeverityRating.MALWARE,
            "takes \"keys\" and b\u00fccher",
            null,
            null,
            false,
            new AffectedVersions(
                List.of(
                    new VersionRange(null, CrateVersion.parse("1.0.0-0")),
                    new VersionRange(CrateVersion.parse("2.0.0"), null)),
                new TreeSet<>(List.of("1.2.3+b"))),
            new Advisory.Scope(List.of("a::b"), List.of("x86_64"), List.of("linux")),
            true,
            List.of(
                new Ioc(Ioc.Kind.SHA256, "ab".repeat(32), "MAL-2026-1"),
                new Ioc(Ioc.Kind.TEXT, "wallet of \u2603", "MAL-2026-1")));
    var plain =
        new Advisory(
            "RUSTSEC-2026-0001",
            name,
            List.of(),
            null,
            AdvisoryKind.UNSOUND,
            new SeverityRating(Severity.HIGH, 7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"),
            "t",
            "https://example.org/1",
            LocalDate.parse("2026-02-03"),
            true,
            AffectedVersions.NOTHING,
            Advisory.Scope.ALL,
            false,
            List.of());
    var info =
        new FeedInfo(
            name, FeedFormat.OSV, "a file", NOW.plusNanos(5), LocalDate.parse("2026-02-03"), 2, 1);
    return new Feed(info, List.of(bad, plain));
  }

  /// Returns a line with the envelope of one statement.
  public static Bytes signed(Bytes statement) {
    return DsseEnvelope.signed(Bytes.utf8(statement.text() + "\n"), KEY).line();
  }

  static BundleStatement statement(SnapshotKind kind) {
    BundleStatement.Change some = ChangeList.of(List.of("serde 1.0.0"));
    BundleStatement.Change none = ChangeList.of(List.of());
    Sha256 root = Sha256.of(Bytes.utf8("root"));
    return new BundleStatement(
        new BundleStatement.Stream("11111111-2222-3333-4444-555555555555", "prod"),
        List.of("*"),
        1,
        42,
        kind,
        kind == SnapshotKind.DELTA
            ? List.of(new BundleStatement.State(40, root), new BundleStatement.State(41, root))
            : List.of(),
        kind == SnapshotKind.REVOCATION ? 42 : 0,
        new BundleStatement.Result(root, 1, 1, 100),
        Optional.of(root),
        NOW,
        NOW.plusSeconds(90),
        NOW.plusSeconds(35),
        root,
        List.of(new FeedHeader(feed("osv").info(), root)),
        new BundleStatement.Changes(some, none, none, none, none, none),
        new BundleStatement.Contents(1, 1, 100, Map.of("index.ndjson.gz", 10L)),
        "lazaret 0.1.0",
        kind == SnapshotKind.ADVISORIES
            ? new BundleStatement.Extras(
                BundleStatement.SiteContents.NONE,
                new BundleStatement.AdvisoryUpdate(3, List.of("osv")))
            : BundleStatement.Extras.NONE);
  }

  /// A writer of lines.
  interface Lines {
    void write(TableLineWriter out) throws IOException;
  }

  /// Returns a table and the length of its lines.
  static Table table(Lines lines) throws IOException {
    var bytes = new ByteArrayOutputStream();
    long length;
    try (var out = new TableLineWriter(bytes)) {
      lines.write(out);
      length = out.length();
    }
    return new Table(Bytes.of(bytes.toByteArray()), length);
  }

  static Table text(String text) throws IOException {
    return table(
        out -> {
          for (String line : text.lines().toList()) {
            out.line(Bytes.utf8(line));
          }
        });
  }

  /// A compressed table.
  record Table(Bytes bytes, long length) {
    TableLineReader open() throws IOException {
      return new TableLineReader(bytes.inputStream(), "a table", length);
    }

    String unpacked() throws IOException {
      try (var in = new GZIPInputStream(bytes.inputStream())) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
