package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules of the content security policy, of sizes, and of the page that defines the markup.
class AssetRulesTest {
  private static final Path MODULE =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("web-desk");
  private static final Path FOLDER = MODULE.resolve("src/main/resources/lazaret/web");

  /// A construction, as a pattern with a sample.
  private record Forbidden(String pattern, String sample) {}

  private static final List<Forbidden> FORBIDDEN =
      List.of(
          new Forbidden("\\b(inner|outer)HTML\\b", "place.innerHTML = text"),
          new Forbidden("\\binsertAdjacentHTML\\b", "place.insertAdjacentHTML('x', text)"),
          new Forbidden("\\bsetHTML", "place.setHTMLUnsafe(text)"),
          new Forbidden("\\bDOMParser\\b", "new DOMParser()"),
          new Forbidden("\\bcreateContextualFragment\\b", "r.createContextualFragment(text)"),
          new Forbidden("\\bdocument\\.write", "document.writeln(text)"),
          new Forbidden("\\bsrcdoc\\b", "frame.srcdoc = text"),
          new Forbidden("\\beval\\b", "eval(text)"),
          new Forbidden("\\bFunction\\(", "new Function(text)"),
          new Forbidden("\\bset(Timeout|Interval)\\(\\s*['\"`]", "setTimeout('act()', 1)"),
          new Forbidden("\\bimport\\(", "await import(name)"),
          new Forbidden("setAttribute\\('(style|on|src|href)", "a.setAttribute('style', text)"),
          new Forbidden("\\.on(?!load|error)[a-z]+ =", "link.onclick = act"),
          new Forbidden("\\b(local|session)Storage\\b", "localStorage.getItem('x')"),
          new Forbidden("document\\.cookie", "document.cookie = 'x'"),
          new Forbidden("trustedTypes", "trustedTypes.createPolicy('x')"));

  private static final Pattern CLASS = Pattern.compile("\\.([a-z][a-z-]*)");
  private static final Pattern DATA = Pattern.compile("(?:\\[data-|dataset\\.)([a-z-]+)");
  private static final Pattern ID = Pattern.compile("['\"]#([a-z]+(?:-[a-z]+)*)");

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String asset(String name) {
    return AssetSet.load().file(name).body().text();
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }

  @Test
  void modulesMakeNoMarkupAndNoCodeFromText() {
    String script = asset("desk.js");

    for (Forbidden forbidden : FORBIDDEN) {
      assertThat(forbidden.sample()).containsPattern(forbidden.pattern());
      assertThat(script).doesNotContainPattern(forbidden.pattern());
    }
  }

  @Test
  void nothingComesFromAnotherAddress() throws IOException {
    for (Path file : files("")) {
      String text = Files.readString(file).replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
      assertThat(text)
          .as(file.toString())
          .doesNotContainPattern("(?i)https?:|url\\(|@import|['\"]//|data:[a-z]+/|javascript:");
    }
  }

  @Test
  void examplesAndIconsHaveNoInlineStylesAndHandlers() throws IOException {
    String inline = "(?i)<[^>]*\\s(style|on[a-z]+)=";
    assertThat("<p style=\"x\">").containsPattern(inline);
    assertThat("<b class=\"a\" onclick=\"x\">").containsPattern(inline);

    assertThat(Files.readString(MODULE.resolve("MARKUP.md"))).doesNotContainPattern(inline);
    for (Path file : files(".svg")) {
      assertThat(Files.readString(file)).doesNotContainPattern(inline + "|<style|<script");
    }
  }

  @Test
  void onlyTheLastLayerMayUseImportant() throws IOException {
    assertThat(files(".css")).hasSizeGreaterThan(5);
    for (Path file : files(".css")) {
      if (!file.endsWith("desk.media.css")) {
        assertThat(file).content().doesNotContain("!important");
      }
    }
  }

  /// A browser computes the styles of all descendants of an element again when a child comes, if a
  /// rule is about a sibling of any kind next to an element of any kind.
  @Test
  void rulesAboutSiblingsNameTheirElements() throws IOException {
    String anySibling = "(^|[\\s>(])(\\*|[a-z]+|:not\\([^)]*\\))\\s*[+~]\\s*(\\*|:not\\()";
    assertThat(".evidence > * + * {").containsPattern(anySibling);
    assertThat(".facets p + * {").containsPattern(anySibling);
    assertThat(".segments > :not(legend) ~ :not(legend) {").containsPattern(anySibling);
    assertThat(".command + * { }, li + li { }").doesNotContainPattern(anySibling);

    for (Path file : files(".css")) {
      assertThat(file).content().doesNotContainPattern(anySibling);
    }
  }

  @Test
  void filesHaveAtMost400Lines() throws IOException {
    for (Path file : files("")) {
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).as(file.toString()).hasSizeLessThanOrEqualTo(400);
      if (!file.toString().endsWith(".svg") && !file.endsWith("assets.txt")) {
        assertThat(lines).as(file.toString()).allMatch(line -> line.length() <= 100);
      }
    }
  }

  @Test
  void eachFileIsPartOfAnAsset() throws IOException {
    String list = Files.readString(FOLDER.resolve("assets.txt"));

    for (Path file : files("")) {
      String name = file.getFileName().toString();
      if (!Set.of("assets.txt", "icons.svg").contains(name)) {
        assertThat(list).contains(" " + name);
      }
    }
  }

  @Test
  void eachClassOfTheStyleSheetIsDefined() throws IOException {
    String page = Files.readString(MODULE.resolve("MARKUP.md"));
    Set<String> classes = found(CLASS, selectors());

    assertThat(classes).hasSizeGreaterThan(90).contains("badge", "hunk-head", "dock", "pair");
    for (String name : classes) {
      assertThat(page).containsPattern("(class=\"([^\"]* )?|\\.)" + name + "(?![a-z-])");
    }
  }

  /// Returns the selectors of the style sheet, each line of a list by itself.
  private static String selectors() {
    StringBuilder selectors = new StringBuilder();
    for (String line : asset("desk.css").lines().toList()) {
      int brace = line.indexOf('{');
      if (brace >= 0 || line.endsWith(",")) {
        selectors.append(brace < 0 ? line : line.substring(0, brace)).append('\n');
      }
    }
    return selectors.toString();
  }

  @Test
  void eachAttributeAndIdOfTheModulesIsDefined() throws IOException {
    String page = Files.readString(MODULE.resolve("MARKUP.md"));
    Set<String> names = found(DATA, asset("desk.js"));
    Set<String> ids = found(ID, asset("desk.js"));

    assertThat(names).contains("part", "count", "draft", "hunks", "unless");
    assertThat(ids).contains("live", "keys", "code", "reading", "missing", "record", "picked");
    assertThat(names).allSatisfy(name -> assertThat(page).contains("data-" + name));
    assertThat(ids).allSatisfy(id -> assertThat(page).containsPattern("id=\"" + id + "\""));
  }
}
