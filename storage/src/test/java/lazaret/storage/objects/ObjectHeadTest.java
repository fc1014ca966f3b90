package lazaret.storage.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class ObjectHeadTest {
  private static final UUID CLUSTER = UUID.fromString("5b3f4c6e-0000-4000-8000-000000000001");

  private static ObjectHead head(long counter, long systemIdentifier) {
    return new ObjectHead(
        counter,
        1,
        UUID.fromString("00000000-0000-4000-8000-00000000000a"),
        17,
        Sha256.of(Bytes.utf8("entry")),
        Instant.parse("2026-12-01T10:00:00.004Z"),
        systemIdentifier,
        3);
  }

  @Test
  void readsWhatItWrote() {
    for (ObjectHead head :
        List.of(head(0, 1), head(1, -1), head(999_999_999_999_999_999L, Long.MIN_VALUE))) {
      assertThat(ObjectHead.decode(head.encode())).isEqualTo(head);
    }
  }

  @Test
  void followsByLossesFirst() {
    ObjectHead low = head(3, 1);
    ObjectHead high = head(5, 1);
    ObjectHead before =
        new ObjectHead(
            9,
            0,
            low.batch(),
            low.sequence(),
            low.hash(),
            low.at(),
            low.systemIdentifier(),
            low.timeline());

    assertThat(high.follows(low)).isTrue();
    assertThat(low.follows(high)).isFalse();
    assertThat(low.follows(low)).isFalse();
    assertThat(low.follows(before)).isTrue();
    assertThat(before.follows(high)).isFalse();
  }

  @Test
  void isALineThatPeopleRead() {
    assertThat(head(5, 7).encode().text())
        .startsWith("lazaret-head-1 5 1 00000000-0000-4000-8000-00000000000a 17 ")
        .contains(" 1796119200004 7 3 ")
        .endsWith("\n");
  }

  @Test
  void refusesEachChangedByteAndEachCut() {
    byte[] good = head(5, 7).encode().array();
    for (int i = 0; i < good.length; i++) {
      byte[] changed = good.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> ObjectHead.decode(Bytes.of(changed)))
          .as("byte %d", i)
          .isInstanceOf(MalformedException.class);
      Bytes cut = Bytes.copyOf(good, 0, i);
      assertThatThrownBy(() -> ObjectHead.decode(cut)).isInstanceOf(MalformedException.class);
    }
    Bytes longer = Bytes.utf8(new String(good, StandardCharsets.UTF_8) + "\n");
    assertThatThrownBy(() -> ObjectHead.decode(longer)).isInstanceOf(MalformedException.class);
  }

  @Test
  void keysAreInTheOrderOfTheirCounters() {
    ObjectHead.Place place = new ObjectHead.Place(CLUSTER.toString(), "node-1.example", 9);
    ObjectHead.Place later = new ObjectHead.Place(CLUSTER.toString(), "node-1.example", 10);

    assertThat(place.key().name())
        .isEqualTo("heads/" + CLUSTER + "/node-1.example/00000000000000000009")
        .startsWith(ObjectHead.beginning(CLUSTER));
    assertThat(place.key()).isLessThan(later.key());
    assertThat(ObjectHead.place(place.key())).isEqualTo(place);
  }

  @Test
  void refusesOtherKeys() {
    for (String name :
        List.of(
            "heads/a/b",
            "heads/a/b/1",
            "heads/a/b/c/00000000000000000009",
            "objects/a/b/00000000000000000009",
            "heads/a/b/99999999999999999999")) {
      assertThatThrownBy(() -> ObjectHead.place(new ObjectKey(name)))
          .as(name)
          .isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> new ObjectHead.Place(CLUSTER.toString(), "node 1", 9).key())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
