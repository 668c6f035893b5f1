/** Clusters: their choices and their objects, as part of a lab's configured state. */
package org.hopscope.model.kube;
