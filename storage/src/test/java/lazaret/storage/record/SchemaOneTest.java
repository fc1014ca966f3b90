package lazaret.storage.record;

import static lazaret.vetting.gate.fixture.StoreSamples.NOON;
import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.storage.StoredGoldenFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.OmissionReason;
import lazaret.vetting.index.OmittedLine;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.ledger.EventCodec;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import lazaret.vetting.search.CrateSummary;
import lazaret.vetting.snapshot.SnapshotCrate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One stored record of each kind and form, as stores of schema 1 hold it. A record of
/// `golden/schema-1.txt` may never change: what changes gets a new form, and the old one stays
/// readable.
class SchemaOneTest {
  private static final StoredGoldenFiles GOLDEN = StoredGoldenFiles.of("schema-1.txt");
  private static final CrateId ID = id("Some-Crate", "1.0.0-rc.1+b");

  /// One record and what it says.
  ///
  /// @param encode null for a form that is only read
  record Form(
      String name,
      Object value,
      @Nullable Function<Object, byte[]> encode,
      Function<byte[], Object> decode) {
    @Override
    public String toString() {
      return name;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> Form form(
      String name, T value, Function<T, byte[]> encode, Function<byte[], Object> decode) {
    return new Form(name, value, any -> encode.apply((T) any), decode);
  }

  private static Form old(String name, Object value, Function<byte[], Object> decode) {
    return new Form(name, value, null, decode);
  }

  static List<Form> forms() {
    return Stream.of(index(), gate(), desk(), snapshots(), old()).flatMap(List::stream).toList();
  }

  private static List<Form> index() {
    var summary =
        new CrateSummary(
            ID.name(), ID.version(), 3, "0011223344556677", NOON, NOON.plusSeconds(60));
    var empty = new CrateSummary(ID.name(), null, 0, "0011223344556677", NOON, null);
    IndexView view = StoreSamples.view("{}\n");
    var untimed =
        new IndexView(view.body(), view.gzip(), view.etag(), view.generation(), null, null);
    return List.of(
        form("crate", crate(), StoredCrateCodec::encode, StoredCrateCodec::decode),
        form("crate-foreign", crate(), StoredCrateCodec::encode, StoredCrateCodec::decodeForeign),
        form(
            "freshness",
            StoreSamples.freshness("\"1\""),
            FreshnessCodec::encode,
            FreshnessCodec::decode),
        form(
            "freshness-of-date",
            new Freshness(new Validators(null, "Tue, 24 Nov 2026 12:00:00 GMT"), NOON, NOON),
            FreshnessCodec::encode,
            FreshnessCodec::decode),
        form("view", view, ViewCodec::encode, SchemaOneTest::view),
        form("view-untimed", untimed, ViewCodec::encode, SchemaOneTest::view),
        form("summary", summary, SummaryCodec::encode, SummaryCodec::decode),
        form("summary-of-nothing", empty, SummaryCodec::encode, SummaryCodec::decode),
        form(
            "held-artifact",
            new StoredArtifact(ID, 4711),
            StoredArtifact::encode,
            StoredArtifact::decode),
        form(
            "held-artifact-crc",
            new StoredArtifact(ID, 4711, 0xE3069283L),
            StoredArtifact::encode,
            StoredArtifact::decode));
  }

  private static Object view(byte[] record) {
    return ViewCodec.decode(record, record.length);
  }

  private static StoredCrate crate() {
    StoredCrate plain = StoreSamples.held("Some-Crate", "1.0.0", "1.0.1+x");
    StoredLine first = plain.lines().getFirst();
    var full =
        new StoredLine(
            first.entry(),
            Bytes.utf8("before it was yanked"),
            NOON,
            NOON.minusSeconds(1),
            NOON.plusSeconds(2),
            NOON.plusSeconds(3),
            Sha256.parse("ab".repeat(32)),
            Instant.parse("1969-12-31T23:59:59.5Z"),
            new RefusedLine(Sha256.parse("cd".repeat(32)), NOON.plusSeconds(4), "more: x ^1"));
    return new StoredCrate(
        plain.name(),
        List.of(full, plain.lines().getLast()),
        List.of(
            new OmittedLine(OmissionReason.NOT_JSON, 4, "1.0.2", "<html>"),
            new OmittedLine(OmissionReason.OVER_LIMIT, 300, null, "")));
  }

  private static List<Form> gate() {
    StoredFeed feed = StoreSamples.feed("osv");
    return List.of(
        form(
            "findings",
            StoreSamples.findings(ID.cksum()),
            FindingsCodec::encode,
            record -> FindingsCodec.decode(record).orElseThrow()),
        form("feed", feed, FeedCodec::encode, FeedCodec::decode),
        form(
            "ruling-allow",
            recorded(new Verdict.Allow(reasons())),
            VerdictCodec::encode,
            VerdictCodec::decode),
        form(
            "ruling-hold", StoreSamples.verdict(ID, 3), VerdictCodec::encode, VerdictCodec::decode),
        form(
            "ruling-review",
            recorded(new Verdict.Review(reasons())),
            VerdictCodec::encode,
            VerdictCodec::decode),
        form(
            "ruling-deny",
            recorded(new Verdict.Deny(reasons())),
            VerdictCodec::encode,
            VerdictCodec::decode));
  }

  private static List<Reason> reasons() {
    return List.of(new Reason(Reason.Code.MALWARE, "A-1"));
  }

  private static RecordedVerdict recorded(Verdict verdict) {
    return new RecordedVerdict(
        ID,
        NOON,
        true,
        verdict,
        new DecisionContext(null, "ffffffffffffffff", 0, List.of(), List.of()));
  }

  private static List<Form> desk() {
    Decision decision = StoreSamples.approval(ID, 1);
    LedgerEntry entry = LedgerEntry.link(1, LedgerEntry.GENESIS, decision);
    var expiring =
        new Token(
            "ci",
            "ann",
            Sha256.parse("ef".repeat(32)),
            RoleGrants.parse(List.of("auditor", "reviewer:zstd-* serde")),
            SignInMethod.LOGIN,
            NOON,
            NOON.plusSeconds(9),
            null);
    var approved =
        new Token(
            expiring.name(),
            expiring.owner(),
            expiring.secretHash(),
            expiring.roles(),
            expiring.method(),
            expiring.created(),
            expiring.expires(),
            "00112233aabbccdd");
    return List.of(
        form("request", StoreSamples.request(ID, 7), RequestCodec::encode, RequestCodec::decode),
        form(
            "access",
            StoreSamples.access(LocalDate.of(2026, 11, 24), ID, "ci", 300),
            DownloadRecordCodec::encode,
            DownloadRecordCodec::decode),
        form("token-roles", StoreSamples.token("ci"), TokenCodec::encode, TokenCodec::decode),
        form("token-roles-expiring", expiring, TokenCodec::encode, TokenCodec::decode),
        form("token-approved", approved, TokenCodec::encode, TokenCodec::decode),
        form("ledger", entry, LedgerCodec::encode, LedgerCodec::decode),
        form(
            "decision",
            decision,
            made -> LedgerCodec.encodeDecision(EventCodec.encode(made)),
            LedgerCodec::decodeDecision),
        form("meta", Bytes.utf8("2026-11-24"), MetaCodec::encode, MetaCodec::decode),
        form(
            "lockfile",
            StoreSamples.lockfile("text", "app/Cargo.lock", 3),
            LockfileCodec::encode,
            LockfileCodec::decode),
        form(
            "artifact-use",
            new ArtifactUse(ID.cksum(), LocalDate.of(2026, 11, 24)),
            ArtifactUseCodec::encode,
            ArtifactUseCodec::decode),
        form(
            "removed-artifact",
            StoreSamples.removed(ID),
            RemovedArtifactCodec::encode,
            RemovedArtifactCodec::decode));
  }

  private static List<Form> snapshots() {
    SnapshotCrate crate = StoreSamples.snapshotCrate("serde", "1.0.0", "1.0.1");
    var gone = new SnapshotCrate(StoreSamples.name("gone"), List.of());
    return List.of(
        form(
            "snapshot-full",
            StoreSamples.snapshot(1),
            SnapshotCodec::encode,
            SnapshotCodec::decode),
        form(
            "snapshot-delta",
            StoreSamples.snapshot(2),
            SnapshotCodec::encode,
            SnapshotCodec::decode),
        form("snapshot-crate", crate, SnapshotCrateCodec::encode, SnapshotCrateCodec::decode),
        form("snapshot-crate-gone", gone, SnapshotCrateCodec::encode, SnapshotCrateCodec::decode),
        form(
            "snapshot-leaf",
            Optional.of(crate.leaf()),
            _ -> SnapshotCrateCodec.encodeLeaf(crate),
            record -> Optional.ofNullable(SnapshotCrateCodec.decodeLeaf(record))),
        form(
            "snapshot-leaf-gone",
            Optional.empty(),
            _ -> SnapshotCrateCodec.encodeLeaf(gone),
            record -> Optional.ofNullable(SnapshotCrateCodec.decodeLeaf(record))));
  }

  /// Forms of earlier programs, which are read and no longer written.
  private static List<Form> old() {
    StoredCrate held = StoreSamples.held("demo", "1.0.0");
    StoredLine missing = held.lines().getFirst().missing(NOON);
    Token token = StoreSamples.token("ann");
    IndexView view = StoreSamples.view("lines");
    return List.of(
        old("crate-without-missing", held, StoredCrateCodec::decode),
        old(
            "crate-without-refused",
            new StoredCrate(held.name(), List.of(missing), List.of()),
            StoredCrateCodec::decode),
        old(
            "view-without-time",
            new IndexView(
                view.body(), view.gzip(), view.etag(), view.generation(), null, view.validUntil()),
            SchemaOneTest::view),
        old("token-without-owner", token, TokenCodec::decode),
        old("token", StoreSamples.token("ci"), TokenCodec::decode),
        old("token-expiring", scoped(), TokenCodec::decode),
        old("findings-without-signals", Optional.empty(), FindingsCodec::decode),
        old("findings-without-places", Optional.empty(), FindingsCodec::decode),
        old("findings-without-particulars", Optional.empty(), FindingsCodec::decode));
  }

  /// A token whose roles were scopes.
  private static Token scoped() {
    return new Token(
        "ci",
        "ann",
        Sha256.parse("ef".repeat(32)),
        RoleGrants.of(DeskRole.PREFETCHER, DeskRole.REVIEWER),
        SignInMethod.TOKEN,
        NOON,
        NOON.plusSeconds(9),
        null);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void recordIsReadAndWrittenBack(Form form) {
    byte[] golden = GOLDEN.bytes(form.name());

    Object read = form.decode().apply(golden);

    assertThat(read).isEqualTo(form.value());
    Function<Object, byte[]> encode = form.encode();
    if (encode != null) {
      assertThat(hex(encode.apply(form.value()))).isEqualTo(hex(golden));
      assertThat(hex(encode.apply(read))).isEqualTo(hex(golden));
    }
  }

  @Test
  void noRecordOfTheFileIsLeftOut() {
    assertThat(forms().stream().map(Form::name))
        .containsExactlyInAnyOrderElementsOf(GOLDEN.lines().keySet());
  }

  /// A form that is new gets a byte here and a record in the file.
  @Test
  void eachFormatByteHasARecord() {
    List<String> bytes = new ArrayList<>();
    GOLDEN.lines().values().forEach(record -> bytes.add(record.substring(0, 2)));

    assertThat(new TreeSet<>(bytes))
        .containsExactly(
            "11", "12", "13", "21", "31", "32", "41", "42", "43", "44", "51", "61", "71", "72",
            "73", "74", "81", "91", "a1", "b1", "c1", "d1", "e1", "f1", "f2", "f3", "f4", "f6",
            "f7");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
