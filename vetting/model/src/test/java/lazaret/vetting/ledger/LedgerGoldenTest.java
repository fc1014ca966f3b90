package lazaret.vetting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

/// The exported log of one event of each kind, as it was written when the form was frozen. Stored
/// ledgers hold these bytes and hashes, so no line of `golden/ledger.ndjson` may ever change; an
/// event of a new kind is appended, with the new hash of the end.
class LedgerGoldenTest {
  private static final String END =
      "2a19f895f1ec92d0b26998954e3e2ffb710b5c5017eb4468605db93a26d4dc87";

  private static final Instant AT = Instant.parse("2026-11-24T10:00:00.123456789Z");
  private static final Decision FULL =
      new Decision(
          Decision.Kind.APPROVE,
          new CrateId(
              CrateName.parse("Some-Crate"),
              CrateVersion.parse("1.0.200-rc.1+build"),
              Sha256.parse("ab".repeat(32))),
          AT,
          "ann",
          "read every line: \"a\\b\"\t\n\u0007 grün ✓ \uD83E\uDD80 </script>\u2028",
          AT.plusSeconds(60),
          List.of("safe-to-run", "safe-to-deploy"),
          List.of("Cargo.lock", "https://example.org/1"),
          CrateVersion.parse("1.0.199"),
          List.of("RUSTSEC-2026-0001", "build-network"),
          new DecisionContext(
              "ann-laptop",
              "0011223344556677",
              12,
              List.of("osv of today", "rustsec of today"),
              List.of("A-1", "A-2")));

  @Test
  void bytesAndHashesOfEachEventAreThoseOfTheFrozenForm() throws IOException {
    Sha256 previous = LedgerEntry.GENESIS;
    long sequence = 0;
    for (String text : lines()) {
      LedgerLine line = LedgerLine.parse(text);
      sequence++;
      LedgerEntry again =
          LedgerEntry.link(sequence, previous, EventCodec.decode(Bytes.utf8(line.event())));

      assertThat(again.encoded().text()).isEqualTo(line.event());
      assertThat(line).isEqualTo(new LedgerLine(sequence, previous, again.hash(), line.event()));
      assertThat(line.text()).isEqualTo(text);
      assertThat(again.intact()).isTrue();
      previous = line.hash();
    }
    assertThat(previous.hex()).isEqualTo(END);
  }

  /// Follows the chain as a reader would who has nothing of this program.
  @Test
  void hashCoversSequencePreviousHashAndEvent() throws IOException, NoSuchAlgorithmException {
    String previous = "0".repeat(64);
    long sequence = 0;
    for (String text : lines()) {
      String event = text.substring(text.indexOf(",\"event\":") + 9, text.length() - 1);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(++sequence).array());
      digest.update(previous.getBytes(StandardCharsets.US_ASCII));
      String hash = HexFormat.of().formatHex(digest.digest(event.getBytes(StandardCharsets.UTF_8)));

      assertThat(text)
          .isEqualTo(
              "{\"sequence\":"
                  + sequence
                  + ",\"previous\":\""
                  + previous
                  + "\",\"hash\":\""
                  + hash
                  + "\",\"event\":"
                  + event
                  + "}");
      previous = hash;
    }
  }

  @Test
  void eachKindOfEventOccurs() throws IOException {
    Set<String> kinds = new TreeSet<>();
    Set<Object> constants = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    for (String text : lines()) {
      String event = LedgerLine.parse(text).event();
      kinds.add(event.substring(9, event.indexOf('"', 9)));
      constants.add(
          switch (EventCodec.decode(Bytes.utf8(event))) {
            case Decision decision -> decision.kind();
            case Notice notice -> notice.kind();
          });
    }

    assertThat(constants)
        .containsExactlyInAnyOrderElementsOf(
            Stream.<Object>concat(
                    Stream.of(Decision.Kind.values()), Stream.of(Notice.Kind.values()))
                .toList());
    assertThat(kinds).hasSameSizeAs(constants).contains("approve", "exempt", "deny", "revoke");
  }

  @Test
  void eachFieldIsReadToItsPlace() throws IOException {
    List<Event> events = new ArrayList<>();
    for (String text : lines()) {
      events.add(EventCodec.decode(Bytes.utf8(LedgerLine.parse(text).event())));
    }

    assertThat(events.getFirst()).isEqualTo(FULL);
    assertThat(events)
        .contains(
            new Notice(
                Notice.Kind.WRONG_BYTES,
                AT,
                Notice.GATE,
                CrateName.parse("Some-Crate"),
                "1.0.0",
                "expected a, found b"),
            new Notice(Notice.Kind.IMPORTED, AT, "ann", null, null, "expected a, found b"));
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            LedgerGoldenTest.class.getResourceAsStream("/golden/ledger.ndjson"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
