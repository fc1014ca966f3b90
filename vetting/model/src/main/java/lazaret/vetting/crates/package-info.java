/// Identities of crates and versions: names, versions, requirements and digests.
@NullMarked
package lazaret.vetting.crates;

import org.jspecify.annotations.NullMarked;
