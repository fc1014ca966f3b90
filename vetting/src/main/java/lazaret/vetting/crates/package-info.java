/// What a crate is called and which version of it is meant: names, versions, requirements, digests.
@NullMarked
package lazaret.vetting.crates;

import org.jspecify.annotations.NullMarked;
