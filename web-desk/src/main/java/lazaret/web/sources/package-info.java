/// The pages about the data behind verdicts: feeds, audits, policy, snapshots, Git sources.
@NullMarked
package lazaret.web.sources;

import org.jspecify.annotations.NullMarked;
