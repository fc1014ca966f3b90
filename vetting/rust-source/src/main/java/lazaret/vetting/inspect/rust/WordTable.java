package lazaret.vetting.inspect.rust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// A table of words with which identifiers are compared while they are read, so that rules compare
/// numbers. Immutable.
public final class WordTable {
  /// The number of an identifier outside of the table.
  public static final int UNKNOWN = 0;

  /// The factor of the hash for each further byte.
  public static final int HASH_FACTOR = 31;

  private final byte[][] words;
  private final String[] texts;
  private final int[] table;

  /// The hash of the word in each slot of the table, which avoids most comparisons.
  private final int[] hashes;

  private WordTable(SortedSet<String> sorted) {
    words = new byte[sorted.size() + 1][];
    texts = new String[sorted.size() + 1];
    words[UNKNOWN] = new byte[0];
    texts[UNKNOWN] = "";
    table = new int[Integer.highestOneBit(Math.max(4, sorted.size())) * 8];
    hashes = new int[table.length];
    int number = UNKNOWN;
    for (String word : sorted) {
      number++;
      texts[number] = word;
      words[number] = word.getBytes(StandardCharsets.UTF_8);
      int hash = hash(words[number]);
      int slot = spread(hash) & (table.length - 1);
      while (table[slot] != UNKNOWN) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = number;
      hashes[slot] = hash;
    }
  }

  /// Creates a table of words in any order.
  public static WordTable of(Collection<String> words) {
    return new WordTable(new TreeSet<>(words));
  }

  /// Returns the number of a word, from 1, or [#UNKNOWN].
  public int number(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return number(bytes, 0, bytes.length, hash(bytes));
  }

  /// Returns the number of the word in a range of an array, or [#UNKNOWN].
  ///
  /// @param hash the hash of the range: 0 for an empty one; for each byte the previous hash times
  ///   [#HASH_FACTOR], plus the byte
  public int number(byte[] bytes, int start, int end, int hash) {
    int slot = spread(hash) & (table.length - 1);
    while (table[slot] != UNKNOWN) {
      // The words are compared by their hashes first, which excludes most without a look at them.
      if (hashes[slot] == hash) {
        byte[] word = words[table[slot]];
        if (Arrays.equals(word, 0, word.length, bytes, start, end)) {
          return table[slot];
        }
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return UNKNOWN;
  }

  /// Returns whether a word of the table has a hash. False excludes a word without its text.
  ///
  /// @param hash the hash of a word, as for [#number(byte[], int, int, int)]
  public boolean hasHash(int hash) {
    int slot = spread(hash) & (table.length - 1);
    while (table[slot] != UNKNOWN) {
      if (hashes[slot] == hash) {
        return true;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return false;
  }

  /// Returns the word of a number, or the empty text for [#UNKNOWN].
  public String text(int number) {
    return texts[number];
  }

  /// Returns the number of words plus one.
  public int size() {
    return words.length;
  }

  private static int hash(byte[] bytes) {
    int hash = 0;
    for (byte b : bytes) {
      hash = HASH_FACTOR * hash + b;
    }
    return hash;
  }

  private static int spread(int hash) {
    return hash ^ hash >>> 15;
  }
}
