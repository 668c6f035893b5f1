/**
 * Kubernetes objects as far as they concern the network: immutable records with the API's own words. They know nothing of
 * Linux, and the packet path knows nothing of them: see {@code kube.linux} for what becomes of them on the nodes.
 */
package org.hopscope.model.kube.object;
