package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class AssetSetTest {
  private static final int KB = 1024;
  private static final Pattern TOP_NAME =
      Pattern.compile("(?m)^(?:export )?(?:async )?(?:function|const|let|class) (\\w+)");

  private final AssetSet assets = AssetSet.load();

  private static int compressed(AssetFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      file.body().writeTo(gzip);
    }
    return out.size();
  }

  @Test
  void styleSheetFitsItsBudget() throws IOException {
    AssetFile css = assets.file("desk.css");

    assertThat(css.body().length()).isBetween(20 * KB, 40 * KB);
    assertThat(compressed(css)).isLessThanOrEqualTo(9 * KB);
  }

  @Test
  void scriptFitsItsBudget() throws IOException {
    AssetFile script = assets.file("desk.js");

    assertThat(script.body().length()).isBetween(10 * KB, 24 * KB);
    assertThat(compressed(script)).isLessThanOrEqualTo(8 * KB);
  }

  @Test
  void addressContainsTheDigestOfTheBytes() {
    AssetFile mark = assets.file("mark.svg");

    assertThat(mark.mediaType()).isEqualTo("image/svg+xml");
    assertThat(mark.digest()).isEqualTo(Sha256.of(mark.body()));
    assertThat(mark.path()).isEqualTo("/desk/assets/" + mark.digest() + "/mark.svg");
  }

  @Test
  void findsAnAssetByItsPathOnly() {
    AssetFile css = assets.file("desk.css");

    assertThat(assets.find(css.path())).contains(css);
    assertThat(assets.find("/desk/assets/" + "0".repeat(64) + "/desk.css")).isEmpty();
    assertThat(assets.find("/desk/assets/" + css.digest() + "/desk.js")).isEmpty();
    assertThat(assets.find("desk.css")).isEmpty();
  }

  @Test
  void refusesANameThatIsNoAsset() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assets.file("desk.tokens.css"))
        .withMessage(
            "cannot find asset desk.tokens.css: expected one of [desk.css, desk.js, mark.svg]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetFile.of("desk.map", Bytes.EMPTY))
        .withMessage("cannot serve desk.map: expected a suffix css, js or svg");
  }

  @Test
  void modulesHaveUniqueNamesAndNoImports() {
    List<String> names = new ArrayList<>();
    String list = AssetSet.read("assets.txt");
    for (String file : list.substring(list.indexOf("\ndesk.js ") + 9).split("[ \n]", -1)) {
      if (file.endsWith(".js")) {
        TOP_NAME.matcher(AssetSet.read(file)).results().forEach(name -> names.add(name.group(1)));
      }
    }

    assertThat(names).contains("one", "bring", "mark", "walk", "chosen", "keep");
    assertThat(names).doesNotHaveDuplicates();
    assertThat(assets.file("desk.js").body().text())
        .startsWith("const PREFIX_MILLIS = 1200\nfunction one(")
        .doesNotContain("import", "export", "// ", "/*", "@ts-check");
  }

  @Test
  void compactTextKeepsTheCode() {
    String source =
        """
        // @ts-check
        /**
         * Adds.
         * @param {number} a
         */
        export function add(a) {

          return a + /** @type {any} */ (one)
        }
        /* One line. */
        import { one } from './one.js'
        """;

    assertThat(CompactText.of(source)).isEqualTo("function add(a) {\nreturn a + (one)\n}\n");
  }

  @Test
  void iconsOfAPageAreTheSymbolsThatItUses() {
    IconSet icons = IconSet.load();

    assertThat(icons.names()).contains("allow", "hold", "review", "deny", "finding", "mark");
    assertThat(icons.markup(List.of("seen", "deny", "seen")))
        .startsWith("<svg class=\"icons\" aria-hidden=\"true\"><symbol id=\"i-deny\" ")
        .containsOnlyOnce("id=\"i-seen\"")
        .doesNotContain("i-allow", "xmlns")
        .endsWith("</symbol></svg>");
    assertThat(icons.markup(Set.of()))
        .isEqualTo("<svg class=\"icons\" aria-hidden=\"true\"></svg>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> icons.markup(List.of("smile")))
        .withMessageStartingWith("cannot show icon 'smile': expected one of [allow, hold, ");
  }
}
