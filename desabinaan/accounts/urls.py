from django.urls import path

from desabinaan.accounts.views import account, authentication, passwords, preserved_post

app_name = "accounts"
urlpatterns = [
    path("masuk/", authentication.sign_in, name="sign_in"),
    path("keluar/", authentication.sign_out, name="sign_out"),
    path("masuk/lupa/", passwords.forgot, name="forgot"),
    path("masuk/kode/", passwords.use_code, name="use_code"),
    path("akun/", account.own_account, name="account"),
    path("akun/bahasa/", authentication.language, name="language"),
    path("akun/keluar-semua/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("akun/sandi/", account.change_password, name="change_password"),
    path("akun/sandi/baru/", passwords.new_password, name="new_password"),
    path("akun/sandi/<str:token>/", passwords.set_password, name="set_password"),
    path("lanjutkan/", preserved_post.resume, name="resume"),
    path("lanjutkan/buang/", preserved_post.drop, name="drop_preserved_post"),
]
