package lazaret.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.git.GitAddress.Kind;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://git.example/team/tool, DEFAULT, ''",
    "https://git.example/team/tool.git?branch=main, BRANCH, main",
    "https://git.example/team/tool?branch=feature%2Fx, BRANCH, feature/x",
    "https://git.example/team/tool?tag=v1.0+2, TAG, v1.0+2",
    "https://git.example:8443/tool?rev=4f2c1d0, REV, 4f2c1d0",
    "http://127.0.0.1:8080/tool, DEFAULT, ''",
  })
  void readsTheFormOfLockfiles(String url, Kind kind, String reference) {
    GitAddress address = GitAddress.parse(url);

    assertThat(address.kind()).isEqualTo(kind);
    assertThat(address.reference()).isEqualTo(reference);
    assertThat(url).startsWith(address.repository().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://git.example/team/tool",
        "ssh://git@git.example/team/tool",
        "git@git.example:team/tool",
        "file:///srv/git/tool",
        "ext::sh -c id",
        "https://user:secret@git.example/tool",
        "https://git.example/tool?branch=-x",
        "https://git.example/tool?branch=a..b",
        "https://git.example/tool?branch=a%00",
        "https://git.example/tool?path=x",
        "https://git.example/../tool",
        "https://git.example/--upload-pack=x",
        "https://git.example",
        "https:///tool",
        "--upload-pack=x",
      })
  void otherAddressesAreRefused(String url) {
    assertThatThrownBy(() -> GitAddress.parse(url))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot use the Git source ");
  }

  @Test
  void hostsAreComparedWithTheirPorts() {
    GitAddress plain = GitAddress.parse("https://Git.Example/tool");
    GitAddress port = GitAddress.parse("https://git.example:8443/tool");

    assertThat(plain.isAt(List.of("git.example"))).isTrue();
    assertThat(plain.isAt(List.of("example", "git.example:8443"))).isFalse();
    assertThat(port.isAt(List.of("git.example:8443"))).isTrue();
    assertThat(port.isAt(List.of("git.example"))).isFalse();
    assertThat(port.isAt(List.of())).isFalse();
  }
}
