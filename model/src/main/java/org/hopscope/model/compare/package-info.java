/** Two probes side by side: which steps belong together, and at which lookup the two part. Values only. */
package org.hopscope.model.compare;
