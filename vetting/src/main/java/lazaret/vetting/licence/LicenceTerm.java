package lazaret.vetting.licence;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One licence of an expression, or of a list of licences that are allowed.
///
/// @param id the identifier, `Apache-2.0` or `LicenseRef-x`, case kept
/// @param orLater whether later versions do as well: a `+` behind the identifier
/// @param exception the identifier after `WITH`; null where there is none
public record LicenceTerm(String id, boolean orLater, @Nullable String exception) {
  /// Tells whether this licence, as one that is allowed, meets what a term asks for: the same
  /// identifier and the same exception, or a later version where the term takes later ones. The GNU
  /// licences say so in their identifiers (`GPL-2.0-or-later`), which are compared literally.
  boolean meets(LicenceTerm asked) {
    if (!Objects.equals(exception, asked.exception)) {
      return false;
    }
    return id.equals(asked.id) || (asked.orLater && isLater(id, asked.id));
  }

  private static boolean isLater(String own, String asked) {
    int cut = asked.lastIndexOf('-');
    int ownCut = own.lastIndexOf('-');
    if (cut < 0 || ownCut != cut || !own.substring(0, cut).equals(asked.substring(0, cut))) {
      return false;
    }
    List<Integer> older = numbers(asked.substring(cut + 1));
    List<Integer> newer = numbers(own.substring(cut + 1));
    if (older.isEmpty() || newer.isEmpty()) {
      return false;
    }
    for (int i = 0; i < Math.max(older.size(), newer.size()); i++) {
      int one = i < newer.size() ? newer.get(i) : 0;
      int other = i < older.size() ? older.get(i) : 0;
      if (one != other) {
        return one > other;
      }
    }
    return true;
  }

  /// Returns the parts of a version, empty where it is none.
  private static List<Integer> numbers(String version) {
    var numbers = new ArrayList<Integer>();
    for (String part : version.split("\\.", -1)) {
      if (part.isEmpty()
          || part.length() > 9
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return List.of();
      }
      numbers.add(Integer.parseInt(part));
    }
    return numbers;
  }

  /// Returns the term as SPDX writes it.
  @Override
  public String toString() {
    return id + (orLater ? "+" : "") + (exception == null ? "" : " WITH " + exception);
  }
}
