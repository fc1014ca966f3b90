package lazaret.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.Affected;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Ioc;
import lazaret.vetting.advisory.Rating;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Access;
import lazaret.vetting.desk.HeldFeed;
import lazaret.vetting.desk.Request;
import lazaret.vetting.desk.Ruling;
import lazaret.vetting.desk.SeenLockfile;
import lazaret.vetting.desk.Token;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inspect.Capabilities;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Place;
import lazaret.vetting.inspect.Problem;
import lazaret.vetting.inspect.ProblemCode;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.Trace;
import lazaret.vetting.inspect.UnverifiedCrate;
import lazaret.vetting.inspect.Verification;
import lazaret.vetting.inspect.VerifiedCrate;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;
import lazaret.vetting.inspect.particular.Particulars;
import lazaret.vetting.inspect.rust.Sketch;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Grounds;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.Statement;

/// Sample values for tests.
public final class Samples {
  /// A time.
  public static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456789Z");

  private Samples() {}

  public static CrateName name(String published) {
    return CrateName.parse(published);
  }

  public static CrateVersion version(String text) {
    return CrateVersion.parse(text);
  }

  public static CrateId id(String name, String version) {
    return new CrateId(
        name(name), version(version), Sha256.of(Bytes.utf8(name + "-" + version + ".crate")));
  }

  /// Returns an artifact of a given size in bytes, with different bytes for each seed.
  public static VerifiedCrate artefact(int seed, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    var unverified = new UnverifiedCrate(Bytes.of(bytes));
    var id = new CrateId(name("a" + seed), version("1.0." + seed), Sha256.of(unverified.bytes()));
    return switch (unverified.verify(id)) {
      case Verification.Match(var crate) -> crate;
      case Verification.Mismatch mismatch -> throw new AssertionError(mismatch);
    };
  }

  public static HeldCrate held(String name, String... versions) {
    var body = new StringBuilder();
    for (String version : versions) {
      body.append(line(name, version)).append('\n');
    }
    var file = IndexFile.parse(name(name), Bytes.utf8(body.toString()), IndexLimits.DEFAULT);
    List<HeldLine> lines = new ArrayList<>();
    file.entries().forEach(entry -> lines.add(HeldLine.first(entry, NOON, null)));
    return new HeldCrate(name(name), lines, file.leftOut());
  }

  private static String line(String name, String version) {
    return IndexLineBuilder.line(name, version)
        .cksum(id(name, version).cksum())
        .pubtime(Instant.parse("2026-01-02T03:04:05Z"))
        .build();
  }

  public static Freshness freshness(String etag) {
    return new Freshness(new Validators(etag, null), NOON, NOON.plusSeconds(3));
  }

  public static IndexView view(String body) {
    Bytes bytes = Bytes.utf8(body);
    return new IndexView(
        bytes,
        Bytes.of(("gz:" + body).getBytes(StandardCharsets.UTF_8)),
        '"' + Sha256.of(bytes).hex() + '"',
        "0011223344556677",
        NOON,
        NOON.plusSeconds(60));
  }

  public static Findings findings(Sha256 cksum) {
    return new Findings(
        cksum,
        1,
        List.of(new Problem(ProblemCode.PATH_TRAVERSAL, "a/../b", "a part is '..'")),
        new CrateFacts(true, false, "MIT", null, 4711, 12),
        List.of(
            Signal.of(SignalCode.BUILD_NETWORK, "build.rs", 3, "TcpStream::connect(a)"),
            Signal.of(SignalCode.HIDDEN_TEXT, "tests/a.rs", 9, "base64: 'x'").asNote()),
        new Capabilities(
            List.of(
                new Capabilities.Held(Place.RUNTIME, Capability.UNSAFE, 70_000, "src/lib.rs", 7),
                new Capabilities.Held(Place.BUILD, Capability.NETWORK, 1, "build.rs", 3))),
        new Trace(
            cksum,
            7,
            new Sketch(List.of(-5, 3, 9)),
            new Particulars(
                -7,
                List.of(new Particular(ParticularKind.ADDRESS, "a.example", "src/lib.rs", 3)))));
  }

  public static Decision approval(CrateId id, int second) {
    return new Decision(
        Decision.Kind.APPROVE,
        id,
        NOON.plusSeconds(second),
        "ann",
        "read it",
        NOON.plusSeconds(9999),
        List.of("safe-to-deploy"),
        List.of("Cargo.lock"));
  }

  public static Notice notice(String detail) {
    return new Notice(Notice.Kind.WRONG_BYTES, NOON, Notice.GATE, name("serde"), "1.0.9", detail);
  }

  public static Request request(CrateId id, long count) {
    return new Request(
        id,
        NOON,
        NOON.plusSeconds(5),
        count,
        List.of("ann 127.0.0.1"),
        List.of("x/Cargo.lock"),
        "cooldown");
  }

  public static Access access(LocalDate day, CrateId id, String token, long count) {
    return new Access(day, id, token, "192.0.2.7", count);
  }

  /// Returns a feed with one complete record and one with few fields.
  public static HeldFeed feed(String name) {
    Advisory full =
        new Advisory(
            "RUSTSEC-2026-0001",
            name,
            List.of("CVE-2026-1"),
            CrateName.parse("Some-Crate"),
            AdvisoryKind.MALWARE,
            new Rating(Severity.HIGH, 7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"),
            "a title",
            "https://example.org/a",
            LocalDate.parse("2026-11-01"),
            true,
            new Affected(
                List.of(
                    new VersionRange(null, CrateVersion.parse("1.0.0-rc.1")),
                    new VersionRange(CrateVersion.parse("2.0.0"), null)),
                new TreeSet<>(List.of("1.5.0+x"))),
            new Advisory.Scope(List.of("a::b"), List.of("x86"), List.of("linux")),
            true,
            List.of(new Ioc(Ioc.Kind.DOMAIN, "evil.example", "RUSTSEC-2026-0001")));
    Advisory bare =
        new Advisory(
            "LOCAL-1",
            name,
            List.of(),
            null,
            AdvisoryKind.NOTICE,
            Rating.UNKNOWN,
            "",
            null,
            null,
            false,
            Affected.NOTHING,
            Advisory.Scope.ALL,
            false,
            List.of());
    return new HeldFeed(
        new Feed(
            new FeedInfo(name, FeedFormat.OSV, "test", NOON, LocalDate.parse("2026-11-01"), 2, 3),
            List.of(full, bare)),
        new Validators("\"1\"", null));
  }

  /// Returns a verdict with all of its optional parts.
  public static Ruling ruling(CrateId id, int second) {
    return new Ruling(
        id,
        NOON.plusSeconds(second),
        second % 2 == 0,
        new Verdict.Hold(
            NOON.plusSeconds(99),
            List.of(
                new Reason(Reason.Code.COOLDOWN, "younger than 7 days"),
                new Reason(Reason.Code.FEEDS_OLD, "feed osv is 8 days old"))),
        new Grounds(
            "ci", "0011223344556677", 2, List.of("osv of today, 3 records"), List.of("A-1")));
  }

  public static SeenLockfile lockfile(String text, String name, int second) {
    return new SeenLockfile(
        Sha256.of(Bytes.utf8(text)),
        List.of("anyhow 1.0.0", "serde 1.0.1"),
        List.of(
            new SeenLockfile.Sighting(name, "ci", "192.0.2.7", NOON, NOON.plusSeconds(second))));
  }

  public static Token token(String name) {
    return new Token(
        name,
        "ann",
        Sha256.of(Bytes.utf8("secret of " + name)),
        Set.of(Token.Scope.READ, Token.Scope.ADMIN),
        NOON,
        null);
  }

  /// Returns a crate of a snapshot; the policy alone allows all of its versions.
  public static SnapshotCrate snapshotCrate(String name, String... versions) {
    return new SnapshotCrate(
        name(name),
        held(name, versions).lines().stream()
            .map(
                line ->
                    new SnapshotLine(
                        line.entry(),
                        Statement.of(
                            new Statement.Said(
                                line.entry().id(),
                                true,
                                0,
                                Sha256.of(Bytes.utf8("policy")),
                                List.of()))))
            .toList());
  }

  /// Returns the metadata of a snapshot.
  public static SnapshotInfo snapshot(long sequence) {
    return new SnapshotInfo(
        1,
        sequence,
        sequence == 1 ? SnapshotKind.FULL : SnapshotKind.DELTA,
        Sha256.of(Bytes.utf8("root " + sequence)),
        Sha256.of(Bytes.utf8("bundle " + sequence)),
        NOON,
        NOON.plusSeconds(sequence),
        2,
        3,
        4711);
  }
}
