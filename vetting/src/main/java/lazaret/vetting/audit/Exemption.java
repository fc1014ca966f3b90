package lazaret.vetting.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[exemptions.CRATE]]`: a version that is used without an audit.
///
/// @param version the version
/// @param criteria the names of the criteria that are waived
/// @param suggest whether an audit is asked for
/// @param notes remarks; null where there are none
public record Exemption(
    VetVersion version, List<String> criteria, boolean suggest, @Nullable String notes) {
  /// Copies the list.
  public Exemption {
    criteria = List.copyOf(criteria);
  }
}
