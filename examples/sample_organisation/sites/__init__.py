"""The kinds of local sites: one module and one line here for each."""

from collections.abc import Mapping

from examples.sample_organisation.posts import SamplePost
from examples.sample_organisation.sites import broken, joomla, liferay, notices, nukeviet, portal, tables, wordpress
from examples.sample_organisation.sites.site import Engine, Site

PAGE = "facebook"
"""Not a website: the stand-in for the Graph API answers for it."""

ENGINES: Mapping[str, Engine] = {
    "wordpress": wordpress.ENGINE,
    "nukeviet": nukeviet.ENGINE,
    "portal": portal.ENGINE,
    "liferay": liferay.ENGINE,
    "joomla": joomla.ENGINE,
    "tables": tables.ENGINE,
    "notices": notices.ENGINE,
    "broken": broken.ENGINE,
}


def post_address(site: Site, post: SamplePost) -> str:
    if site.engine == PAGE:
        return f"{site.url}/posts/{post.number}"
    return site.base + ENGINES[site.engine].path(post)


__all__ = ["ENGINES", "PAGE", "Engine", "Site", "post_address"]
