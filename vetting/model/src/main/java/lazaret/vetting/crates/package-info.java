/// The identity of crates: names, versions, requirements, digests.
@NullMarked
package lazaret.vetting.crates;

import org.jspecify.annotations.NullMarked;
