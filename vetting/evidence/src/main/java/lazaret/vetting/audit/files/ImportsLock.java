package lazaret.vetting.audit.files;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// `imports.lock` of a store: imported audits in local criteria, and publishers.
///
/// @param unpublished versions that were audited under another number, by crate
/// @param publications publishers of versions, by crate
/// @param audits audits of peers by nickname
public record ImportsLock(
    SortedMap<String, List<Unpublished>> unpublished,
    SortedMap<String, List<VetPublication>> publications,
    SortedMap<String, AuditsFile> audits) {
  /// Copies the maps.
  public ImportsLock {
    unpublished = AuditsFile.tidied(unpublished);
    publications = AuditsFile.tidied(publications);
    audits = Collections.unmodifiableSortedMap(new TreeMap<>(audits));
  }

  /// Reads a file.
  ///
  /// @param content bytes of the file
  /// @throws MalformedException if the file is not TOML, exceeds a limit, or cargo-vet would refuse
  ///   it
  public static ImportsLock read(Bytes content) {
    VetTable root = VetLimits.read("imports.lock", content);
    var audits = new TreeMap<String, AuditsFile>(VetOrder.BYTES);
    VetTable peers = root.child("audits");
    for (String nick : peers.table().entries().keySet()) {
      VetTable peer = peers.child(nick);
      if (!peer.has("audits")) {
        throw peer.complaint("'audits' is missing");
      }
      audits.put(nick, AuditsReader.read(peer));
    }
    return new ImportsLock(
        AuditsReader.byCrate(root.child("unpublished"), VetEntries::unpublished),
        AuditsReader.byCrate(root.child("publisher"), VetEntries::publication),
        audits);
  }
}
