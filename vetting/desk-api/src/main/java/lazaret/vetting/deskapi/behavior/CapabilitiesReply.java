package lazaret.vetting.deskapi.behavior;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.review.NotReadableInfo;
import org.jspecify.annotations.Nullable;

/// The capabilities of a version with all places, compared with a base. Code of tests is left out.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param base the version that is compared; null if there is none or one of both cannot be read
/// @param capabilities the capabilities of both versions, those that changed first
/// @param absent the capabilities that neither version has, by the place in which code runs
/// @param whole whether all sources of both versions were read to their end
/// @param notReadable the cause if one of both artifacts cannot be read; null otherwise
public record CapabilitiesReply(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    @Nullable CrateVersion base,
    List<CapabilityCountInfo> capabilities,
    List<AbsentCapabilitiesInfo> absent,
    boolean whole,
    @Nullable NotReadableInfo notReadable) {
  public CapabilitiesReply {
    capabilities = List.copyOf(capabilities);
    absent = List.copyOf(absent);
  }
}
