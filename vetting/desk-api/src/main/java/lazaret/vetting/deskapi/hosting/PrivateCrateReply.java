package lazaret.vetting.deskapi.hosting;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;

/// A private crate.
///
/// @param name its name
/// @param since the time of its first version here
/// @param by the person or program that created it
/// @param from `here`, or `bundle:` and the stream that brought it
/// @param owners its owners
/// @param versions its versions that were published here, in the order of the index
public record PrivateCrateReply(
    CrateName name,
    Instant since,
    String by,
    String from,
    List<PrivateOwnerInfo> owners,
    List<PublicationInfo> versions) {
  public PrivateCrateReply {
    owners = List.copyOf(owners);
    versions = List.copyOf(versions);
  }
}
