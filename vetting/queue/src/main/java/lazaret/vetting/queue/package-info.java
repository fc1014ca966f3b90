/// The queue of requested versions as reviewers and requesters see it.
@NullMarked
package lazaret.vetting.queue;

import org.jspecify.annotations.NullMarked;
