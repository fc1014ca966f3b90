package lazaret.vetting.license;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One license of an expression or of an allow list.
///
/// @param id identifier, such as `Apache-2.0` or `LicenseRef-x`, in its original case
/// @param orLater whether later versions are included: a `+` after the identifier
/// @param exception identifier after `WITH`; null if there is none
public record LicenseTerm(String id, boolean orLater, @Nullable String exception) {
  /// Returns whether this permitted license meets a term of an expression. The exceptions must be
  /// equal. The identifiers must be equal too, unless the term includes later versions and this is
  /// one. The GNU licenses express later versions in their identifiers (`GPL-2.0-or-later`), which
  /// are compared literally.
  ///
  /// @param asked the term of the expression
  boolean meets(LicenseTerm asked) {
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

  /// Returns the numbers of a version, or empty if it is not one.
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

  /// Returns the term in SPDX syntax.
  @Override
  public String toString() {
    return id + (orLater ? "+" : "") + (exception == null ? "" : " WITH " + exception);
  }
}
