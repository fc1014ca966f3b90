package lazaret.vetting.inspect.purpose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The statements of a crate on its purpose.
///
/// These are its name, description, keywords and categories, and the first lines of the
/// documentation of its root. Comments elsewhere do not count, because readers of the crate's page
/// do not see them. Not thread-safe.
public final class StatedPurpose {
  /// The number of characters of each text that are read.
  private static final int MAX_TEXT = 4_096;

  /// The number of letters of all texts that are kept.
  private static final int MAX_WORDS = 16_384;

  /// The number of lines of documentation that are read.
  private static final int MAX_LINES = 40;

  private static final int MOST_PAGES = 8;
  private static final Pattern PROJECT =
      Pattern.compile("https?://[a-z0-9.-]{4,100}(?:/[a-z0-9._-]{1,100}){1,3}");
  private static final Pattern MARKS = Pattern.compile("[`(),;\"']|\\.(?: |$)");
  private static final Pattern ADDRESS = Pattern.compile("[a-z]{2,8}://[^\\s)>]{0,200}");

  /// Parts of host names that do not identify the owner of the host.
  private static final Set<String> ANY =
      Set.of(
          "www", "api", "cdn", "app", "dev", "com", "net", "org", "info", "site", "page", "data",
          "docs", "test", "example", "invalid", "static", "files", "http", "https");

  /// The length of the shortest part of a name that counts.
  private static final int SHORTEST = 4;

  private final Set<PurposeSubject> named = EnumSet.noneOf(PurposeSubject.class);
  private final List<String> pages = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private final StringBuilder prose = new StringBuilder();
  private String name = "";

  /// The texts as written, in lower case and without addresses.
  private final StringBuilder sentences = new StringBuilder();

  /// Adds the texts of the manifest.
  ///
  /// @param texts the name, description, keywords and categories
  /// @param pages the authors, repository and homepage
  public void manifest(List<String> texts, List<String> pages) {
    name = texts.isEmpty() ? "" : letters(texts.getFirst());
    texts.stream().skip(1).forEach(text -> prose.append(' ').append(letters(text)));
    pages.forEach(page -> prose.append(' ').append(letters(host(page))));
    texts.forEach(this::text);
    pages.forEach(this::page);
  }

  /// Returns whether more than the crate name explains a host. A host with the crate's name needs
  /// that name in the texts for readers or in an address of the crate's pages. A statement that the
  /// crate is a client is sufficient too.
  ///
  /// @param host the host in lower case
  public boolean explains(String host) {
    boolean alike = false;
    for (String label : host.split("\\.", -1)) {
      alike |= name.length() >= SHORTEST && letters(label).equals(name);
    }
    return !alike
        || prose.indexOf(name) >= 0
        || prose.indexOf("client") >= 0
        || prose.indexOf("sdk") >= 0;
  }

  /// Adds the name, the description, a keyword or a category.
  private void text(String text) {
    String read = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    named.addAll(PurposeSubject.in(read));
    if (sentences.length() < MAX_WORDS) {
      String plain = read.toLowerCase(Locale.ROOT);
      String sentence = MARKS.matcher(withoutAddresses(plain)).replaceAll(" ");
      sentences.append(' ').append(sentence).append(' ');
    }
    page(read);
  }

  /// Adds an address of the crate's own pages, which names hosts but not subjects.
  private void page(String text) {
    String address = text.toLowerCase(Locale.ROOT).strip();
    if (PROJECT.matcher(address).matches() && pages.size() < MOST_PAGES) {
      pages.add(address.substring(address.indexOf("://") + 3));
    }
    if (words.length() < MAX_WORDS) {
      words.append(' ').append(letters(text));
    }
  }

  /// Returns whether the words of the page contain the whole name of a host.
  public boolean gives(String host) {
    return words.indexOf(letters(host)) >= 0;
  }

  /// Returns whether the words of the page contain some letters.
  ///
  /// @param letters the letters, in lower case
  public boolean says(String letters) {
    return words.indexOf(letters) >= 0;
  }

  /// Returns whether a word in a sentence of the page begins with the whole name of a host or
  /// program. Addresses on the page do not count.
  public boolean tells(String word) {
    return sentences.indexOf(" " + word) >= 0;
  }

  /// Returns whether a line contains an address below that of a project that the crate names as its
  /// own.
  public boolean below(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    return pages.stream().anyMatch(page -> lower.contains("://" + page + "/"));
  }

  /// Returns the host of an address, or the empty text for other text.
  private static String host(String address) {
    int begin = address.indexOf("://");
    int end = begin < 0 ? -1 : address.indexOf('/', begin + 3);
    return begin < 0 ? "" : address.substring(begin + 3, end < 0 ? address.length() : end);
  }

  private static String withoutAddresses(String text) {
    return text.contains("://") ? ADDRESS.matcher(text).replaceAll(" ") : text;
  }

  /// Returns the letters and digits of a text, in lower case.
  private static String letters(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    var letters = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        letters.append(c);
      }
    }
    return letters.toString();
  }

  /// Returns whether the crate names a host: one part of its name is among the words of the page.
  ///
  /// @param host the host in lower case, such as `api.example.com`
  public boolean namesHost(String host) {
    for (String part : host.split("[.-]", -1)) {
      if (part.length() >= SHORTEST && !ANY.contains(part) && words.indexOf(part) >= 0) {
        return true;
      }
    }
    return false;
  }

  /// Adds a source. Only the prose in the first lines of `//!` of a crate root counts.
  ///
  /// @param path the path of the file in the crate
  /// @param source the source, in UTF-8 or any other bytes
  /// @param length the length of the source in bytes
  public void source(String path, byte[] source, int length) {
    if (path.endsWith("lib.rs") || path.endsWith("main.rs")) {
      root(new String(source, 0, Math.min(length, MAX_TEXT), StandardCharsets.UTF_8));
    }
  }

  private void root(String source) {
    boolean code = false;
    int lines = 0;
    for (String line : source.lines().limit(2L * MAX_LINES).toList()) {
      String trimmed = line.strip();
      if (!trimmed.startsWith("//!") || ++lines > MAX_LINES) {
        continue;
      }
      String prose = trimmed.substring(3).strip();
      if (prose.startsWith("```")) {
        code = !code;
      } else if (!code) {
        text(withoutAddresses(prose));
        page(prose);
        this.prose.append(' ').append(letters(prose));
      }
    }
  }

  /// Returns whether the crate names a subject.
  public boolean names(PurposeSubject subject) {
    return named.contains(subject);
  }
}
