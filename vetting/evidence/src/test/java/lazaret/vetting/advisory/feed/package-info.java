@NullMarked
package lazaret.vetting.advisory.feed;

import org.jspecify.annotations.NullMarked;
