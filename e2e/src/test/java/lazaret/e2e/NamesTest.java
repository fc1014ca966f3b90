package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.e2e.SourceTexts.Name;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The names of types, methods and fields of the product.
class NamesTest {
  private static final Pattern LAST_WORD = Pattern.compile("[A-Z][a-z0-9]*$|[A-Z0-9]+$");

  /// Words of early versions that are not terms of the field, as words of camel case.
  private static final Pattern LEFT_THE_PRODUCT =
      Pattern.compile(
          "\\b(case file|hearing|dossier|testimony|testimonie|ruling|ground|standing|journal|shelf"
              + "|horizon|neighbour|neighbourhood|freight|debt|doorman|door|waiting room"
              + "|proof of life|rotten|politeness|whereabout)s?\\b");

  /// Nouns that end in `ing`.
  private static final Pattern NOUN =
      Pattern.compile(".*(Binding|Encoding|Finding|Listing|Mapping|Rating|Wiring)");

  private static List<Name> names = List.of();

  @BeforeAll
  static void read() throws IOException {
    names = SourceTexts.of(Path.of(System.getProperty("lazaret.root"))).names();
  }

  private static List<Name> topTypes() {
    return names.stream().filter(name -> name.outermost() && !name.name().equals("Main")).toList();
  }

  @Test
  void seesTheProduct() {
    assertThat(topTypes()).hasSizeGreaterThan(1_000);
  }

  @Test
  void noTwoTypesHaveOneName() {
    Map<String, Set<String>> places = new TreeMap<>();
    for (Name type : topTypes()) {
      places
          .computeIfAbsent(type.name().toLowerCase(Locale.ROOT), _ -> new TreeSet<>())
          .add(type.in());
    }
    List<String> twice = new ArrayList<>();
    places.forEach(
        (name, in) -> {
          if (in.size() > 1) {
            twice.add(name);
          }
        });

    KnownBreaches.of("names-twice").allows(twice, "a simple name means one thing in the product");
  }

  @Test
  void noTypeIsAGerund() {
    List<String> found =
        topTypes().stream()
            .map(Name::name)
            .filter(name -> name.matches(".*[a-z]ing") && !NOUN.matcher(name).matches())
            .toList();

    KnownBreaches.of("names-ing").allows(found, "a value is a noun, a service an agent noun");
  }

  @Test
  void wordsOfEarlyVersionsBecomeFewer() {
    Set<String> types = new TreeSet<>();
    Map<String, Integer> members = new TreeMap<>();
    for (Name name : names) {
      Matcher word = LEFT_THE_PRODUCT.matcher(words(name.name()));
      if (word.find()) {
        if (name.what().equals("type")) {
          types.add(name.name());
        } else {
          members.merge(name.what() + " " + word.group(1), 1, Integer::sum);
        }
      }
    }

    KnownBreaches.of("names-early-types").allows(types, "use the word of the field");
    KnownBreaches.of("names-early-members").allowsUpTo(members, "use the word of the field");
  }

  /// Returns the words of a name in camel case or of a constant, in small letters.
  private static String words(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  @Test
  void findsAWordOfAnEarlyVersionButNoPartOfAWord() {
    for (String name : List.of("CaseFile", "caseFiles", "AuditsDoor", "OPEN_DOORS")) {
      assertThat(LEFT_THE_PRODUCT.matcher(words(name)).find()).as(name).isTrue();
    }
    for (String name : List.of("TextBackdoors", "backgroundTasks", "Understanding")) {
      assertThat(LEFT_THE_PRODUCT.matcher(words(name)).find()).as(name).isFalse();
    }
    assertThat(NOUN.matcher("Hearing").matches()).isFalse();
    assertThat(NOUN.matcher("CrateListing").matches()).isTrue();
  }

  @Test
  void lastWordsOfPublicTypesAreKnown() {
    Set<String> words = new TreeSet<>();
    for (Name type : topTypes()) {
      Matcher word = LAST_WORD.matcher(type.name());
      if (type.isPublic() && word.find()) {
        words.add(word.group());
      }
    }

    KnownBreaches.of("names-last-words")
        .allows(words, "a word of the glossary, or one for the form of a type (Reader, Outcome)");
  }
}
