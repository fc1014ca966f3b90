package lazaret.vetting.access.logins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"BCDF-GHJK", "bcdf-ghjk", "BCDFGHJK", " bcdf ghjk ", "b-c-d-f-g-h-j-k"})
  void acceptsACodeInAnyCaseWithAndWithoutDash(String typed) {
    assertThat(UserCode.parse(typed)).isEqualTo(new UserCode("BCDFGHJK"));
    assertThat(UserCode.parse(typed).shown()).isEqualTo("BCDF-GHJK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BCDF-GHJ",
        "BCDF-GHJKL",
        "ABCD-FGHJ",
        "BCDF_GHJK",
        "BCDFGHJ1",
        "\u00dfCDFGHJ",
        "\u017fCDFGHJK"
      })
  void refusesAnotherTextWithoutRepeatingIt(String typed) {
    assertThatThrownBy(() -> UserCode.parse(typed))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot find the login: expected a code like BCDF-GHJK, found another text; type the"
                + " code that the command printed");
  }

  @Test
  void refusesALongTextWithoutReadingIt() {
    assertThatThrownBy(() -> UserCode.parse("B".repeat(1_000_000)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void makesDifferentCodesOfConsonants() {
    Set<String> codes = new HashSet<>();
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 200; i++) {
      String shown = UserCode.random(random).shown();
      assertThat(shown).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
      codes.add(shown);
    }

    assertThat(codes).hasSize(200);
  }
}
