package lazaret.vetting.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CodedTest {
  private enum Fruit implements Coded {
    APPLE("apple"),
    BLACK_CHERRY("cherry");

    private final String code;

    Fruit(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }
  }

  private enum Twins implements Coded {
    ONE,
    TWO;

    @Override
    public String code() {
      return "same";
    }
  }

  @Test
  void findsConstantsByTheirWords() {
    assertThat(Coded.find(Fruit.class, "cherry")).contains(Fruit.BLACK_CHERRY);
    assertThat(Coded.find(Fruit.class, "black-cherry")).isEmpty();
    assertThat(Coded.parse(Fruit.class, "apple")).isEqualTo(Fruit.APPLE);
  }

  @Test
  void refusesUnknownWordsWithoutRepeatingThem() {
    assertThatThrownBy(() -> Coded.parse(Fruit.class, "pear"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown code of 4 characters");
  }

  @Test
  void refusesTwoConstantsWithOneWord() {
    assertThatThrownBy(() -> Coded.find(Twins.class, "same"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'same'");
  }

  @Test
  void wordsOfNamesAreInKebabCase() {
    assertThat(KebabCase.of(Fruit.BLACK_CHERRY)).isEqualTo("black-cherry");
    assertThat(KebabCase.of(CodedTest.class)).isEqualTo("coded-test");
    assertThat(KebabCase.parse(Fruit.class, "black-cherry")).contains(Fruit.BLACK_CHERRY);
    assertThat(KebabCase.parse(Fruit.class, "cherry")).isEmpty();
  }
}
