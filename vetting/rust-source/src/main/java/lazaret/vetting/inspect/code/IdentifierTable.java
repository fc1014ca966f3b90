package lazaret.vetting.inspect.code;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.WordTable;

/// The distinct identifiers of a source, numbered from 1 in the order of their first occurrence.
///
/// A string is created once for each, not for each occurrence. Identifiers that are chosen to have
/// one hash are stored in a map, so that they cannot slow the lookup. Not thread-safe.
final class IdentifierTable {
  private static final int LEAST = 256;
  private static final int MAX_PROBES = 16;
  private static final int FACTOR = 0x9E3779B1;

  private final RustTokens tokens;

  /// The numbers by hash, with at most half of the slots used; 0 for an empty slot.
  private int[] table = new int[2 * LEAST];

  private String[] texts = new String[LEAST];

  /// The token of the first occurrence, by number.
  private int[] firsts = new int[LEAST];

  private int[] hashes = new int[LEAST];

  /// The patterns that could match an identifier, by its number; 0 for those not asked for.
  private int[] needs = {};

  /// The identifiers without a free slot near that of their hash.
  private final Map<String, Integer> crowded = new HashMap<>();

  private int end = 1;

  IdentifierTable(RustTokens tokens) {
    this.tokens = tokens;
    texts[0] = "";
  }

  /// Returns the highest number plus one.
  int end() {
    return end;
  }

  /// Returns an identifier by its number, or the empty text for 0.
  String text(int number) {
    return texts[number];
  }

  /// Returns the patterns that could match an identifier by its number, as bits for
  /// [PatternPrefilter.Need#in].
  int needs(int number) {
    if (needs.length < end) {
      needs = Arrays.copyOf(needs, end);
    }
    if (needs[number] == 0) {
      needs[number] = PatternPrefilter.of(texts[number]) | PatternPrefilter.KNOWN;
    }
    return needs[number];
  }

  /// Returns the number of an identifier, a new one for a new identifier.
  int number(int token) {
    int hash = spread(tokens.hash(token));
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int number = table[(hash + probe) & (table.length - 1)];
      if (number == 0) {
        return add(token, hash, tokens.name(token));
      }
      if (hashes[number] == hash && same(firsts[number], token)) {
        return number;
      }
    }
    String text = tokens.name(token);
    Integer number = crowded.get(text);
    return number == null ? add(token, hash, text) : number;
  }

  private int add(int token, int hash, String text) {
    if (end == texts.length) {
      grow();
    }
    hashes[end] = hash;
    firsts[end] = token;
    texts[end] = text;
    slot(end);
    return end++;
  }

  private void slot(int number) {
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int slot = (hashes[number] + probe) & (table.length - 1);
      if (table[slot] == 0) {
        table[slot] = number;
        return;
      }
    }
    crowded.put(texts[number], number);
  }

  /// Returns the hash of a word.
  static int hash(String word) {
    int hash = 0;
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      hash = WordTable.HASH_FACTOR * hash + b;
    }
    return spread(hash);
  }

  private static int spread(int hash) {
    int spread = hash * FACTOR;
    return spread ^ spread >>> 15;
  }

  /// Returns the number of a word, or 0 if the source does not contain it.
  ///
  /// @param hash the hash of the word, by [#hash(String)]
  int find(String word, int hash) {
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int number = table[(hash + probe) & (table.length - 1)];
      if (number == 0) {
        return 0;
      }
      if (hashes[number] == hash && texts[number].equals(word)) {
        return number;
      }
    }
    return crowded.getOrDefault(word, 0);
  }

  /// Returns the numbers of those of some words that the source contains.
  int[] find(WordSet words) {
    var found = new TokenList();
    for (int i = 0; i < words.size(); i++) {
      int number = find(words.word(i), words.hash(i));
      if (number != 0) {
        found.add(number);
      }
    }
    return found.all();
  }

  /// Returns the numbers of the identifiers that match a condition, in order.
  int[] matching(Predicate<String> wanted) {
    var found = new TokenList();
    for (int number = 1; number < end; number++) {
      if (wanted.test(texts[number])) {
        found.add(number);
      }
    }
    return found.all();
  }

  private boolean same(int one, int other) {
    return Arrays.equals(
        tokens.source(),
        tokens.start(one),
        tokens.end(one),
        tokens.source(),
        tokens.start(other),
        tokens.end(other));
  }

  private void grow() {
    int larger = 2 * end;
    texts = Arrays.copyOf(texts, larger);
    firsts = Arrays.copyOf(firsts, larger);
    hashes = Arrays.copyOf(hashes, larger);
    table = new int[2 * larger];
    crowded.clear();
    for (int number = 1; number < end; number++) {
      slot(number);
    }
  }
}
