package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.SourceTexts.Kind;
import lazaret.e2e.SourceTexts.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The language of javadoc, messages, pages and documents: constructions that readers stumble over,
/// long first sentences, and citations of pages that are not there.
class TextsTest {
  private static final Path ROOT = Path.of(System.getProperty("lazaret.root"));
  private static final int FIRST_SENTENCE = 25;
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)\\s]+)\\)");
  private static final Pattern PAGE = Pattern.compile("\\bdocs/[a-z0-9/-]+\\.md\\b");

  /// A test that a page names, or a source by its path.
  private static final Pattern SOURCE =
      Pattern.compile(
          "`(?<test>[A-Z][a-z][A-Za-z0-9]*(?:Test|E2E|Contract))\\b|/(?<path>[A-Z]\\w+)\\.java\\b");

  /// A sentence that names one subject.
  private static final Pattern PACKAGE =
      Pattern.compile("(?!.*\\b(?i:and|todo)\\b)[A-Z`](?:[^.]|\\.(?=\\S))*\\.");

  private static List<Text> texts = List.of();

  /// A construction that is not used.
  private record Banned(String name, Pattern pattern, String instead) {}

  @BeforeAll
  static void read() throws IOException {
    texts = SourceTexts.of(ROOT).texts();
  }

  private static List<Banned> banned() throws IOException {
    List<Banned> all = new ArrayList<>();
    Path file = ROOT.resolve("e2e/src/test/resources/baseline/banned-constructions.tsv");
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split("\t", -1);
      all.add(new Banned(fields[0], Pattern.compile(fields[1]), fields[2]));
    }
    return all;
  }

  /// Returns the exceptions, each the path of a file and the name of a construction.
  private static Set<String> allowed() throws IOException {
    Set<String> all = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/style/allowed.txt"))) {
      String[] fields = line.split(", ", 3);
      assertThat(fields).as("path, construction, reason: %s", line).hasSize(3);
      all.add(fields[0] + ", " + fields[1]);
    }
    return all;
  }

  @Test
  void seesTheTextsOfTheProduct() {
    for (Kind kind : Kind.values()) {
      assertThat(texts.stream().filter(text -> text.kind() == kind))
          .as(kind.toString())
          .hasSizeGreaterThan(kind == Kind.PAGE ? 500 : 2_000);
    }
  }

  @Test
  void bannedConstructionsBecomeFewer() throws IOException {
    SortedMap<String, Integer> counts = new TreeMap<>();
    List<String> places = new ArrayList<>();
    Set<String> allowed = allowed();
    Set<String> unused = new TreeSet<>(allowed);
    for (Banned banned : banned()) {
      for (Text text : texts) {
        if (banned.pattern().matcher(text.text()).find()) {
          String use = text.place().replaceFirst(":[0-9]+$", "") + ", " + banned.name();
          unused.remove(use);
          if (allowed.contains(use)) {
            continue;
          }
          counts.merge(
              banned.name() + " " + text.kind().name().toLowerCase(java.util.Locale.ROOT),
              1,
              Integer::sum);
          places.add(banned.name() + "\t" + text.place() + "\t" + text.text());
        }
      }
    }
    // The places, for those who rewrite them.
    Path list = Files.createDirectories(ROOT.resolve("e2e/target")).resolve("banned.tsv");
    Files.write(list, places);

    KnownBreaches.of("texts")
        .allowsUpTo(counts, "banned-constructions.tsv says what to write; " + list);
    assertThat(unused).as("lines of docs/style/allowed.txt without a text").isEmpty();
  }

  @Test
  void longFirstSentencesBecomeFewer() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (Text text : texts) {
      if (text.first()) {
        Matcher end = Pattern.compile("[.](\\s|$)").matcher(text.text());
        String sentence = end.find() ? text.text().substring(0, end.start()) : text.text();
        if (sentence.split(" ", -1).length > FIRST_SENTENCE) {
          counts.merge("first sentences over 25 words", 1, Integer::sum);
        }
      }
    }

    KnownBreaches.of("first-sentences")
        .allowsUpTo(counts, "the rest belongs into a second sentence");
  }

  /// A package is one subject: what a reader cannot name without "and" is two.
  @Test
  void packagesAreDescribedByOneSentenceWithoutAnd() {
    List<Text> packages =
        texts.stream()
            .filter(text -> text.first() && text.place().contains("/package-info.java:"))
            .toList();
    List<String> others = new ArrayList<>();
    for (Text text : packages) {
      if (!PACKAGE.matcher(text.text()).matches()) {
        others.add(text.place() + ": " + text.text());
      }
    }

    assertThat(packages).hasSizeGreaterThan(110);
    assertThat(others).as("one sentence without 'and', then an empty line").isEmpty();
  }

  /// Of relative links in documents, and pages that javadoc and messages name.
  @Test
  void citedPagesExist() throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      for (Path document :
          Stream.concat(top, docs).filter(p -> p.toString().endsWith(".md")).toList()) {
        Matcher link = LINK.matcher(Files.readString(document));
        while (link.find()) {
          String target = link.group(1).replaceFirst("#.*", "");
          if (!target.isEmpty() && !Files.exists(document.resolveSibling(target))) {
            broken.add(ROOT.relativize(document) + ": " + link.group(1));
          }
        }
      }
    }
    for (Text text : texts) {
      Matcher page = PAGE.matcher(text.text());
      while (page.find()) {
        if (!Files.exists(ROOT.resolve(page.group()))) {
          broken.add(text.place().replaceFirst(":[0-9]+$", "") + ": " + page.group());
        }
      }
    }

    KnownBreaches.of("citations").allows(broken, "name a page that exists");
  }

  @Test
  void testsAndSourcesThatPagesNameExist() throws IOException {
    Set<String> known = new TreeSet<>();
    for (Path source : SourceSizes.sources(ROOT)) {
      known.add(source.getFileName().toString().replaceFirst("\\.java$", ""));
    }
    Set<String> named = new TreeSet<>();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      for (Path page : docs.filter(p -> p.toString().endsWith(".md")).toList()) {
        Matcher source = SOURCE.matcher(Files.readString(page));
        while (source.find()) {
          named.add(source.group("test") == null ? source.group("path") : source.group("test"));
        }
      }
    }

    assertThat(named).hasSizeGreaterThan(100);
    named.removeAll(known);
    KnownBreaches.of("cited-tests").allows(named, "name a source that exists");
  }

  @Test
  void findsAPackageThatIsTwo() {
    assertThat("The reader of `.crate` files, `Cargo.lock` 1.2.").matches(PACKAGE);
    assertThat("Names and versions.").doesNotMatch(PACKAGE);
    assertThat("Names. Versions.").doesNotMatch(PACKAGE);
    assertThat("TODO.").doesNotMatch(PACKAGE);
    assertThat("Names").doesNotMatch(PACKAGE);
  }

  @Test
  void findsABannedConstruction() throws IOException {
    Map<String, String> examples =
        Map.of(
            "question-opening", "Whether it is held.",
            "is-no", "This is no crate.",
            "spelling", "the licence of it",
            "in-vain", "asked in vain");
    for (Banned banned : banned()) {
      String example = examples.get(banned.name());
      if (example != null) {
        assertThat(banned.pattern().matcher(example).find()).as(banned.name()).isTrue();
      }
      assertThat(banned.pattern().matcher("Returns the version.").find())
          .as(banned.name())
          .isFalse();
      assertThat(banned.instead()).isNotBlank();
    }
  }
}
