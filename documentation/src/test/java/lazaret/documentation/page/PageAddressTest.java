package lazaret.documentation.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {
  @Test
  void readsThePathOfAPage() {
    assertThat(PageAddress.parse("/documentation/~tok_en-1/alpha/1.0.0+a/alpha/index.html"))
        .contains(
            new PageAddress(
                "tok_en-1",
                CrateName.parse("alpha"),
                CrateVersion.parse("1.0.0+a"),
                "alpha/index.html"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/documentation/~t/alpha/1.0.0/macro.vec!.html",
        "/documentation/~t/alpha/1.0.0/src/alpha/lib.rs.html",
        "/documentation/~t/alpha/1.0.0/static.files/main-1a2b.js",
        "/documentation/~t/alpha/1.0.0/search.desc/alpha/alpha-desc-0-.js"
      })
  void readsThePathsOfRustdoc(String path) {
    PageAddress address = PageAddress.parse(path).orElseThrow();

    assertThat(address.folder() + address.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/documentation/",
        "/documentation/~t",
        "/documentation/~t/alpha/1.0.0/",
        "/documentation/~t/alpha/1.0.0/index",
        "/documentation/t/alpha/1.0.0/index.html",
        "/documentation/~t/al/pha/1.0.0/index.html",
        "/documentation/~t/alpha/1.0/index.html",
        "/documentation/~t/alpha/1.0.0/../1.0.1/index.html",
        "/documentation/~t/alpha/1.0.0/%2e%2e/index.html",
        "/documentation/~t/alpha/1.0.0/.hidden/index.html",
        "/documentation/~t/alpha/1.0.0//index.html",
        "/documentation/~t/alpha/1.0.0/a b.html",
        "/documentation/~t/alpha/1.0.0/a.html?x",
        "/documentation/~t/alpha/1.0.0/program.exe",
        "/documentation/~t/alpha/1.0.0/page.xhtml",
        "/documentation/~t/alpha/1.0.0/index.HTML",
        "/desk/docs"
      })
  void readsNothingElse(String path) {
    assertThat(PageAddress.parse(path)).isEmpty();
  }

  @Test
  void readsOnlyWhatItWritesAgain() {
    Random random = new Random(9);
    List<String> pieces =
        List.of("/", "~", ".", "..", "a", "alpha", "1.0.0", ".html", "%2f", "\\", "\0", "docs");
    for (int i = 0; i < 20_000; i++) {
      String path =
          "/documentation/"
              + random
                  .ints(1 + random.nextInt(9), 0, pieces.size())
                  .mapToObj(pieces::get)
                  .collect(Collectors.joining());
      PageAddress.parse(path)
          .ifPresent(address -> assertThat(address.folder() + address.path()).isEqualTo(path));
    }
  }
}
