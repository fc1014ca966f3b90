package lazaret.sandbox.watch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/// A search for secret values in a stream of bytes. It finds them plain, reversed, in hex and in
/// base64 at any offset, also with blanks and line ends in between. Compressed or encrypted values
/// are not found. Immutable and thread-safe.
///
/// It is an automaton after Aho and Corasick, *Efficient String Matching* (1975), over the
/// characters of these forms.
final class SecretScanner {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
  private static final int CLASSES = ALPHABET.length() + 1;
  private static final int OTHER = ALPHABET.length();
  private static final int BLANK = -1;
  private static final int[] CLASS_OF = classes();

  private final List<int[]> next = new ArrayList<>();

  /// The index of the value that ends at a state, or -1.
  private final List<Integer> found = new ArrayList<>();

  private final List<String> values;

  /// Creates a search.
  ///
  /// @param values the values: letters and digits only, long enough not to occur by chance
  SecretScanner(Collection<String> values) {
    this.values = List.copyOf(values);
    state();
    for (int value = 0; value < this.values.size(); value++) {
      for (String form : forms(this.values.get(value))) {
        add(form, value);
      }
    }
    link();
  }

  private static int[] classes() {
    int[] classes = new int[256];
    Arrays.fill(classes, OTHER);
    for (int i = 0; i < ALPHABET.length(); i++) {
      classes[ALPHABET.charAt(i)] = i;
    }
    for (char blank : " \t\r\n".toCharArray()) {
      classes[blank] = BLANK;
    }
    return classes;
  }

  static List<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    List<String> forms = new ArrayList<>();
    forms.add(value);
    forms.add(new StringBuilder(value).reverse().toString());
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    // Base64 encodes groups of three bytes; each of the three alignments is a form.
    for (int skipped = 0; skipped < 3; skipped++) {
      byte[] groups =
          Arrays.copyOfRange(bytes, skipped, bytes.length - (bytes.length - skipped) % 3);
      forms.add(Base64.getEncoder().encodeToString(groups));
      forms.add(Base64.getUrlEncoder().encodeToString(groups));
    }
    return forms;
  }

  private int state() {
    int[] none = new int[CLASSES];
    Arrays.fill(none, -1);
    next.add(none);
    found.add(-1);
    return next.size() - 1;
  }

  private void add(String form, int value) {
    int at = 0;
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      int[] ways = next.get(at);
      if (ways[CLASS_OF[c]] < 0) {
        ways[CLASS_OF[c]] = state();
      }
      at = ways[CLASS_OF[c]];
    }
    found.set(at, value);
  }

  /// Completes the transitions of each state, breadth first.
  private void link() {
    int[] longestSuffix = new int[next.size()];
    Deque<Integer> open = new ArrayDeque<>();
    open.add(0);
    while (!open.isEmpty()) {
      int at = open.remove();
      int[] ways = next.get(at);
      int[] shorter = next.get(longestSuffix[at]);
      for (int c = 0; c < CLASSES; c++) {
        int otherwise = at == 0 ? 0 : shorter[c];
        if (ways[c] < 0) {
          ways[c] = otherwise;
        } else {
          longestSuffix[ways[c]] = otherwise;
          open.add(ways[c]);
        }
      }
    }
  }

  /// The search of one stream. Not thread-safe.
  final class Scan {
    private final Consumer<String> onFound;
    private int at;

    /// Starts a search.
    ///
    /// @param onFound receives each value at each occurrence
    Scan(Consumer<String> onFound) {
      this.onFound = onFound;
    }

    void accept(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        int c = CLASS_OF[bytes[i] & 0xff];
        if (c != BLANK) {
          at = next.get(at)[c];
          int value = found.get(at);
          if (value >= 0) {
            onFound.accept(values.get(value));
          }
        }
      }
    }
  }
}
