package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.AuditsFile;
import lazaret.vetting.audit.PeerAudits;
import lazaret.vetting.audit.VetPrinter;
import lazaret.vetting.crates.Sha256;

/// One peer's audits as the store keeps them: a few lines that say where they come from and which
/// bytes they are about, an empty line, and the file in our criteria as cargo-vet writes it.
///
/// @param source where the file came from
/// @param at when it was taken over
/// @param seen checksums by version, by the crate's collision key
/// @param file the audits in our criteria
record HeldAudits(
    String source, Instant at, SortedMap<String, SortedMap<String, Sha256>> seen, AuditsFile file) {

  Bytes encode() {
    var text = new StringBuilder();
    text.append("source ").append(source).append('\n');
    text.append("at ").append(at).append('\n');
    seen.forEach(
        (crate, versions) ->
            versions.forEach(
                (version, cksum) ->
                    text.append("seen %s %s %s\n".formatted(crate, version, cksum.hex()))));
    text.append('\n').append(VetPrinter.print(file).text());
    return Bytes.utf8(text.toString());
  }

  static HeldAudits decode(Bytes value) {
    String text = value.text();
    int end = text.indexOf("\n\n");
    String source = "";
    Instant at = Instant.EPOCH;
    var seen = new TreeMap<String, SortedMap<String, Sha256>>();
    for (String line : text.substring(0, end).lines().toList()) {
      List<String> words = List.of(line.split(" ", 2));
      switch (words.getFirst()) {
        case "source" -> source = words.getLast();
        case "at" -> at = Instant.parse(words.getLast());
        default -> {
          List<String> parts = List.of(words.getLast().split(" ", 3));
          seen.computeIfAbsent(parts.get(0), _ -> new TreeMap<>())
              .put(parts.get(1), Sha256.parse(parts.get(2)));
        }
      }
    }
    // What was written is read as a peer's file, whose criteria it defines itself.
    return new HeldAudits(
        source, at, seen, PeerAudits.read(Bytes.utf8(text.substring(end + 1))).file());
  }

  AuditImport report(String peer, List<String> warnings) {
    int bound = seen.values().stream().mapToInt(versions -> versions.size()).sum();
    return new AuditImport(
        peer, source, at, crates().size(), file.size(), bound, new ArrayList<>(warnings));
  }

  Set<String> crates() {
    var crates = new TreeSet<>(file.audits().keySet());
    crates.addAll(file.wildcardAudits().keySet());
    crates.addAll(file.trusted().keySet());
    return crates;
  }
}
