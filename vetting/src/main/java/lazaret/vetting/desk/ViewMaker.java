package lazaret.vetting.desk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.YankedEdit;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.YankWave;
import org.jspecify.annotations.Nullable;

/// Makes the answer that cargo gets for one index file: vetted lines byte for byte, withheld ones
/// with `yanked` set (a withheld line that were left out would hide the cause from whoever has it
/// in a lockfile: cargo-wire §6).
final class ViewMaker {
  private final Policy policy;
  private final Instant now;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
  private @Nullable Instant validUntil;

  private ViewMaker(Policy policy, Instant now) {
    this.policy = policy;
    this.now = now;
  }

  /// Makes the view of a crate under a policy at a moment.
  static IndexView make(CaseFile file, Policy policy, Instant now) {
    ViewMaker maker = new ViewMaker(policy, now);
    file.lines().forEach(line -> maker.add(file, line));
    Bytes body = Bytes.of(maker.body.toByteArray());
    String etag = '"' + Sha256.of(body).hex().substring(0, 32) + '"';
    return new IndexView(body, gzip(body), etag, policy.generation(), maker.validUntil);
  }

  private void add(CaseFile file, HeldLine line) {
    Verdict verdict = file.judge(line, policy, now);
    Decision standing = file.standing(line.entry().version()).orElse(null);
    boolean approved = standing != null && standing.approvesAt(now);
    boolean frozen = file.dossier(line).wave() == YankWave.Part.YANKED;
    Bytes raw = approved || frozen ? line.lineBeforeYank() : line.entry().raw();
    write(policy.serves(verdict) ? raw : YankedEdit.withYanked(raw));
    if (verdict instanceof Verdict.Hold hold) {
      endsAt(hold.until());
    }
    if (approved && standing != null) {
      endsAt(standing.expires());
    }
  }

  private void endsAt(@Nullable Instant moment) {
    if (moment != null
        && moment.isAfter(now)
        && (validUntil == null || moment.isBefore(validUntil))) {
      validUntil = moment;
    }
  }

  private void write(Bytes line) {
    body.write(line.array(), 0, line.length());
    body.write('\n');
  }

  private static Bytes gzip(Bytes body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length() / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      body.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }
}
