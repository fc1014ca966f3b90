package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexPathTest {
  @ParameterizedTest
  @CsvSource({
    "a,1/a",
    "ab,2/ab",
    "abc,3/a/abc",
    "serde,se/rd/serde",
    "GammaMix,ga/mm/gammamix",
    "a-b,3/a/a-b",
    "my_crate,my/_c/my_crate"
  })
  void namesOnePathPerName(String name, String path) {
    assertThat(IndexPath.of(CrateName.parse(name))).isEqualTo(path);
    assertThat(IndexPath.parse(path).indexName()).isEqualTo(CrateName.parse(name).indexName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "serde",
        "/se/rd/serde",
        "se/rd/serde/",
        "se//rd/serde",
        "se/rd/Serde",
        "SE/RD/serde",
        "se/re/serde",
        "3/s/serde",
        "3/b/abc",
        "2/a",
        "1/ab",
        "se/rd/../rd/serde",
        "../se/rd/serde",
        "se/rd/serde%00",
        "se/rd/ser%64e",
        "se%2frd%2fserde",
        "se\\rd\\serde",
        "se/rd/serde?x",
        "se/rd/serde#x",
        "se/rd/.serde",
        "se/rd/serde.",
        "config.json",
        "../config.json",
        "..",
        "se/rd/serde\u0000",
        "ｓe/rd/ｓerde"
      })
  void refusesEveryOtherPath(String path) {
    assertThatThrownBy(() -> IndexPath.parse(path))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read index path '")
        .hasMessageEndingWith("expected the path of a lower-case crate name, like se/rd/serde");
  }
}
