package lazaret.vetting.deskapi.behavior;

import java.util.List;
import lazaret.vetting.deskapi.crates.CapabilityInfo;

/// The capabilities that the code of one place has neither in the version nor in the base. A place
/// in which neither runs code is left out.
///
/// @param where the place in which the code runs
/// @param capabilities the capabilities
public record AbsentCapabilitiesInfo(
    CapabilityInfo.Place where, List<CapabilityNameInfo> capabilities) {
  public AbsentCapabilitiesInfo {
    capabilities = List.copyOf(capabilities);
  }
}
