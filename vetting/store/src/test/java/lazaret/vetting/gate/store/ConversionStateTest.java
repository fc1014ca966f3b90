package lazaret.vetting.gate.store;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

/// The stored text of a conversion, which a later program continues.
class ConversionStateTest {
  private static final Sha256 HASH = Sha256.of(Bytes.utf8("entry"));

  @Test
  void textsStay() {
    ConversionState state = new ConversionState(12, HASH, "crates", 500);

    assertThat(state.write())
        .isEqualTo(
            new Batch.Write.PutMeta(
                "conversion",
                Bytes.utf8(
                    "lazaret conversion, form 1\nledger 12 %s\nkind crates 500\n"
                        .formatted(HASH))));
    assertThat(state.completed().write().value().text()).endsWith("\nkind  0\n");
  }

  @Test
  void isCompleteAtItsEndAlone() {
    ConversionState state = new ConversionState(12, HASH, "crates", 500);

    assertThat(state.isComplete()).isFalse();
    assertThat(state.at("ledger", 0).isComplete()).isFalse();
    assertThat(state.completed().isComplete()).isTrue();
  }
}
