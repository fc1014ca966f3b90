package lazaret.bundle.format;

import static lazaret.bundle.format.Formats.KEY;
import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.seed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.snapshot.SnapshotCrate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrateTablesTest {
  private static final List<SnapshotCrate> CRATES =
      List.of(
          crate("a-b", "1.0.0", "1.0.1+x"),
          new SnapshotCrate(CrateName.parse("gone"), List.of()),
          new SnapshotCrate(
              CrateName.parse("Serde"), List.of(Formats.line("Serde", "2.0.0", false))));

  private String index = "";
  private String decisions = "";

  @BeforeEach
  void write() throws IOException {
    var indexBytes = new ByteArrayOutputStream();
    var decisionBytes = new ByteArrayOutputStream();
    try (var writer =
        new CrateTablesWriter(
            new TableLineWriter(indexBytes), new TableLineWriter(decisionBytes), KEY)) {
      for (SnapshotCrate crate : CRATES) {
        writer.add(crate);
      }
    }
    index = new Formats.Table(Bytes.of(indexBytes.toByteArray()), 0).unpacked();
    decisions = new Formats.Table(Bytes.of(decisionBytes.toByteArray()), 0).unpacked();
  }

  private static List<SnapshotCrate> read(String index, String decisions, List<TufKey> keys)
      throws IOException {
    List<SnapshotCrate> crates = new ArrayList<>();
    try (var in =
        new CrateTables(Formats.text(index).open(), Formats.text(decisions).open(), keys)) {
      for (Optional<SnapshotCrate> c = in.next(); c.isPresent(); c = in.next()) {
        crates.add(c.get());
      }
    }
    return crates;
  }

  private static void refused(BundleCode code, String message, String index, String decisions) {
    assertRefused(code, message, () -> read(index, decisions, List.of(KEY.publicKey())));
  }

  /// Changes the index table.
  private void index(BundleCode code, String message, String from, String to) {
    assertThat(index).contains(from);
    refused(code, message, index.replace(from, to), decisions);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(read(index, decisions, List.of(KEY.publicKey()))).isEqualTo(CRATES);
    assertThat(index).startsWith("{\"crate\":\"a-b\",\"lines\":2}\n{\"name\":\"a-b\"");
  }

  @Test
  void refusesCratesOutOfOrderOrWithNamesThatCollide() {
    index(BundleCode.NAME_COLLISION, "collides with 'A_B'", "\"gone\"", "\"A_B\"");
    index(BundleCode.TABLE_MALFORMED, "'a' comes after", "\"gone\"", "\"a\"");
  }

  @Test
  void refusesIndexLinesThatMustNotBeRelayed() {
    BundleCode malformed = BundleCode.INDEX_MALFORMED;
    index(
        malformed,
        "expected 'a-b'",
        "{\"name\":\"a-b\",\"vers\":\"1.0.1",
        "{\"name\":\"a_c\",\"vers\":\"1.0.1");
    index(malformed, "of 'serde'", "{\"name\":\"Serde\"", "{\"name\":\"serde\"");
    index(malformed, "a second line for 1.0.0", "1.0.1+x", "1.0.0");
    index(
        BundleCode.LIMIT_EXCEEDED,
        "a line has more than",
        "\"deps\":[]",
        "\"deps\":[]" + " ".repeat(10 << 20));
    BundleCode table = BundleCode.TABLE_MALFORMED;
    index(table, "expected a crate", "\"lines\":2", "\"lines\":02");
    index(table, "expected a crate", "\"lines\":2", "\"lines\":1");
    index(table, "are cut off", "\"Serde\",\"lines\":1", "\"Serde\",\"lines\":2");
  }

  @Test
  void refusesVersionsWithoutTheirDecision() {
    List<String> all = statements(decisions);
    BundleCode missing = BundleCode.DECISION_MISSING;
    refused(missing, "ends before it", index, signed(all.subList(0, 2)));
    refused(
        missing,
        "expected the decision on it, found the one on a-b 1.0.1+x",
        index,
        signed(List.of(all.get(1), all.get(0), all.get(2))));
    refused(
        BundleCode.TABLE_MALFORMED, "more decisions", index, decisions + signed(all.subList(2, 3)));
    index(
        BundleCode.DECISION_DIGEST_MISMATCH,
        "on other bytes",
        Formats.cksum("a-b", "1.0.0").hex(),
        "0".repeat(64));
  }

  /// Returns the statements in the envelopes of a table.
  private static List<String> statements(String table) {
    return table
        .lines()
        .flatMap(line -> DsseEnvelope.parse(Bytes.utf8(line)).payload().text().lines())
        .toList();
  }

  /// Returns a line with the envelope of statements.
  private static String signed(List<String> statements) {
    return signed(String.join("\n", statements) + "\n");
  }

  private static String signed(String payload) {
    return DsseEnvelope.signed(Bytes.utf8(payload), KEY).line().text() + "\n";
  }

  @Test
  void oneEnvelopeHoldsAsManyStatementsAsItsSignerLikes() throws IOException {
    assertThat(decisions.lines()).hasSize(1);
    List<String> all = statements(decisions);
    List<TufKey> keys = List.of(KEY.publicKey());
    String three =
        signed(all.subList(0, 1)) + signed(all.subList(1, 2)) + signed(all.subList(2, 3));
    assertThat(read(index, three, keys)).isEqualTo(CRATES);
    assertThat(read(index, signed(all.subList(0, 1)) + signed(all.subList(1, 3)), keys))
        .isEqualTo(CRATES);
  }

  @Test
  void aTableOfManyStatementsHasManyEnvelopes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    String large = "x".repeat(100_000);
    try (var writer = new DecisionTable.Writer(new TableLineWriter(bytes), KEY)) {
      for (int i = 0; i < 10; i++) {
        writer.add(Bytes.utf8(i + large));
      }
    }
    String table = new Formats.Table(Bytes.of(bytes.toByteArray()), 0).unpacked();
    assertThat(table.lines()).hasSize(4);
    try (var reader = new DecisionTable(Formats.text(table).open(), List.of(KEY.publicKey()))) {
      for (int i = 0; i < 10; i++) {
        assertThat(reader.next().map(Bytes::text)).contains(i + large);
      }
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void refusesStatementsThatDoNotEndTheirLines() {
    List<String> all = statements(decisions);
    BundleCode malformed = BundleCode.TABLE_MALFORMED;
    refused(malformed, "each with a line end", index, signed(String.join("\n", all)));
    refused(malformed, "each with a line end", index, signed(""));
    refused(malformed, "cannot be read", index, signed("\n" + String.join("\n", all) + "\n"));
  }

  @Test
  void refusesDecisionsThatNoReviewerSigned() {
    BundleCode invalid = BundleCode.DECISION_SIGNATURE_INVALID;
    TufKey other = SigningKey.ed25519(seed("other")).publicKey();
    assertRefused(invalid, "0 of the keys", () -> read(index, decisions, List.of(other)));
    assertRefused(invalid, "0 of the keys", () -> read(index, decisions, List.of()));
    refused(invalid, "expected the type", index, decisions.replace("vnd.lazaret.", "vnd.other."));
    // The signature covers the payload with its length and type.
    DsseEnvelope good = DsseEnvelope.parse(Bytes.utf8(decisions.lines().findFirst().orElseThrow()));
    Bytes shorter = Bytes.copyOf(good.payload().array(), 0, good.payload().length() - 1);
    var confused = new DsseEnvelope(shorter, DsseEnvelope.STATEMENTS, good.signatures());
    assertRefused(invalid, "0 of the keys", () -> confused.verified(List.of(KEY.publicKey()), 1));
  }

  @Test
  void aKeyIdIsAHintAndOneKeyIsOneSigner() {
    DsseEnvelope good = DsseEnvelope.signed(Bytes.utf8("{}"), KEY);
    DsseEnvelope.Signature signature = good.signatures().getFirst();
    var lying =
        new DsseEnvelope(
            good.payload(),
            DsseEnvelope.STATEMENTS,
            List.of(new DsseEnvelope.Signature("lie", signature.signature()), signature));
    SigningKey second = SigningKey.ed25519(seed("second"));
    List<TufKey> keys = List.of(second.publicKey(), KEY.publicKey());
    assertThat(lying.verified(keys, 1)).isEqualTo(good.payload());
    assertRefused(
        BundleCode.DECISION_SIGNATURE_INVALID, "1 of the keys", () -> lying.verified(keys, 2));
    var both =
        new DsseEnvelope(
            good.payload(),
            DsseEnvelope.STATEMENTS,
            List.of(
                signature, DsseEnvelope.signed(good.payload(), second).signatures().getFirst()));
    assertThat(both.verified(keys, 2)).isEqualTo(good.payload());
  }

  @Test
  void eitherAlphabetOfBase64IsRead() {
    DsseEnvelope good = DsseEnvelope.signed(Bytes.utf8("\u00ff\u00fe???>>>"), KEY);
    String line = good.line().text();
    String urlSafe =
        line.replace("w7/DvD8/", "w7_DvD8_").replace("w7/Dvj8/Pz4+Pg", "w7_Dvj8_Pz4-Pg");
    assertThat(urlSafe).isNotEqualTo(line);
    assertThat(DsseEnvelope.parse(Bytes.utf8(urlSafe))).isEqualTo(good);
  }

  @Test
  void fieldsStandInAnyOrder() {
    DsseEnvelope good = DsseEnvelope.signed(Bytes.utf8("{}\n"), KEY);
    String payload = "\"payload\":\"e30K\"";
    String line = good.line().text();
    assertThat(line).contains("{" + payload + ",");
    String last = line.replace(payload + ",", "").replaceFirst("}$", "," + payload + "}");
    String twice =
        line.replace("\"keyid\":\"", "\"keyid\":\"k\",\"payloadType\":\"x\",\"more\":\"");
    assertThat(twice).isNotEqualTo(line);
    assertThat(DsseEnvelope.parse(Bytes.utf8(twice)).payload()).isEqualTo(good.payload());
    String between = line.replace(payload, payload + ",\"more\":1");
    for (String other :
        List.of(line, last, between, line.replace("{\"payload\":", "{ \"payload\" : "))) {
      assertThat(DsseEnvelope.parse(Bytes.utf8(other))).as(other).isEqualTo(good);
    }
  }

  @Test
  void refusesLinesThatAreNoEnvelopes() {
    String good = decisions.lines().findFirst().orElseThrow();
    for (String bad :
        List.of(
            "{}",
            "[]",
            "",
            good.replace("\"payload\":\"", "\"payload\":\"!"),
            good.replace("\"signatures\":[", "\"signatures\":[],\"x\":["),
            good.replace("{\"payload\"", "{\"payload\":\"\",\"payload\""))) {
      assertRefused(
          BundleCode.TABLE_MALFORMED,
          "cannot read a line of decisions",
          () -> DsseEnvelope.parse(Bytes.utf8(bad)));
    }
  }
}
