/** Network configurations of the Container Network Interface: what conflists say, and which addresses host-local gives. */
package org.hopscope.model.kube.cni;
