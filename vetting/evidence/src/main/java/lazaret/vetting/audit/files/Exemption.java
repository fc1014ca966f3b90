package lazaret.vetting.audit.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `[[exemptions.CRATE]]`: a version that is used without an audit.
///
/// @param version the version
/// @param criteria names of the waived criteria
/// @param suggest whether an audit is suggested
/// @param notes notes; null if there are none
public record Exemption(
    VetVersion version, List<String> criteria, boolean suggest, @Nullable String notes) {
  /// Copies the list.
  public Exemption {
    criteria = List.copyOf(criteria);
  }
}
