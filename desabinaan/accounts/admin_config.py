from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "desabinaan.accounts.admin_site.PortalAdminSite"
