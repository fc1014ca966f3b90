package lazaret.vetting.crates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrateNameTest {
  @Test
  void hasThreeForms() {
    CrateName name = CrateName.parse("Serde-JSON_core");

    assertThat(name.published()).isEqualTo("Serde-JSON_core");
    assertThat(name.indexName()).isEqualTo("serde-json_core");
    assertThat(name.collisionKey()).isEqualTo("serde_json_core");
    assertThat(name).hasToString("Serde-JSON_core");
  }

  @Test
  void isEqualOnlyToTheSameSpelling() {
    assertThat(CrateName.parse("a-b"))
        .isEqualTo(CrateName.parse("a-b"))
        .isNotEqualTo(CrateName.parse("a_b"))
        .isNotEqualTo(CrateName.parse("A-b"));
  }

  @Test
  void lowersCaseWithoutTheUsersLanguage() {
    // In Turkish the lower case of I is another letter.
    assertThat(CrateName.parse("Inflector").indexName()).isEqualTo("inflector");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1a", "-a", "_a", "a b", "a/b", "a.b", "..", "a\n", "é", "aé", "a%2e", "a\u0000", "ａ",
        "a\u202e"
      })
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> CrateName.parse(text))
        .isInstanceOfSatisfying(
            MalformedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_INPUT))
        .hasMessageStartingWith("cannot read crate name '")
        .hasMessageEndingWith(
            "expected 1 to 64 ASCII letters, digits, '-' or '_', the first one a letter");
  }

  @Test
  void takes64CharactersAndNoMore() {
    assertThat(CrateName.parse("a".repeat(64)).published()).hasSize(64);
    assertThatThrownBy(() -> CrateName.parse("a".repeat(65)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void keepsHostileTextOutOfMessages() {
    assertThatThrownBy(() -> CrateName.parse("\u001b[2Jx\nFORGED " + "y".repeat(5000)))
        .hasMessageStartingWith("cannot read crate name '?[2Jx?FORGED yyy")
        .message()
        .hasSizeLessThan(300);
  }
}
